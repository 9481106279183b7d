import { type Hex, keccak256, numberToHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { MethodUnavailable, NoEndpointServed, UnexpectedReply } from '../../src/chain/errors.ts'
import { HeaderInvalid, headerHash } from '../../src/chain/headerHash.ts'
import { ProofInvalid } from '../../src/chain/merkleProof.ts'
import { provenRate, proveStorage, rocketRateSlots } from '../../src/chain/proveStorage.ts'
import { PLACES } from '../../src/embedded/addresses.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { encodeWord } from '../../src/pools/words.ts'
import { clientOf, endpointAt, LOCAL, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultPolicy, refuse } from '../support/faultProxy.ts'
import type { BlockAnswer, ProofAnswer } from './proofs.ts'

const running = testChain()

const slots = rocketRateSlots()
const rateAt = (block: bigint) => ({ address: PLACES.rocketStorage, slots, block })
const blockAt = (block: bigint): Promise<BlockAnswer> =>
  running.rpc('eth_getBlockByNumber', [numberToHex(block), false])
const call = (to: Hex, data: Hex, block: bigint): Promise<Hex> =>
  running.rpc('eth_call', [{ to, data }, numberToHex(block)])

const changeProof = (change: (answer: ProofAnswer) => unknown): FaultPolicy =>
  always({ kind: 'result', change: answer => change(answer as ProofAnswer) }, 'eth_getProof')
const changeHeader = (change: (answer: BlockAnswer) => unknown): FaultPolicy =>
  always({ kind: 'result', change: answer => change(answer as BlockAnswer) }, 'eth_getBlockByNumber')
/** Answer each method with a fault of its own. */
const faults =
  (byMethod: Readonly<Record<string, Fault>>): FaultPolicy =>
  ({ method }) =>
    byMethod[method]

const NOT_OFFERED = always(
  refuse(200, { code: -32_601, message: 'the method eth_getProof does not exist/is not available' }),
  'eth_getProof',
)

describe('proveStorage', () => {
  test('default: rETH’s rate to the wei, at blocks of every version of the contracts', async () => {
    const { firstDayBlock, headBlock, switchBlocks } = running.chain
    const client = clientOf(running.chain.url)
    const around = switchBlocks.flatMap(block => [block - 1n, block, block + 2n])
    const rates = new Set<bigint>()
    for (const block of [firstDayBlock + 1n, ...around, headBlock - 40n, headBlock]) {
      const header = await blockAt(block)
      const { values, ...proven } = await proveStorage(client, rateAt(block))
      expect(proven).toEqual({
        block,
        hash: header.hash,
        parentHash: header['parentHash'],
        time: BigInt(header.timestamp),
        stateRoot: header.stateRoot,
        operator: 'a',
        url: running.chain.url,
      })
      const rate = BigInt(await call(PLACES.reth, rocketPool.rate.callData, block))
      expect(provenRate(values)).toBe(rate)
      rates.add(rate)
    }
    expect(rates.size).toBeGreaterThan(5)
  })

  test('default: the newest block, with two questions to one operator', async () => {
    const proxy = await running.proxy()
    const proven = await proveStorage(clientOf(proxy.url), { ...rateAt(0n), block: 'latest' })
    expect(proven.block).toBe(running.chain.headBlock)
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_getBlockByNumber', 'eth_getProof'])
    expect(proxy.requests[1]?.params).toEqual([PLACES.rocketStorage, slots, { blockHash: proven.hash }])
  })

  test('behavior: nothing is stored where nothing is, in a contract or where there is none', async () => {
    const client = clientOf(running.chain.url)
    const block = running.chain.headBlock
    const [stored] = (await proveStorage(client, rateAt(block))).values
    const empty = keccak256('0x1234')
    const mixed = await proveStorage(client, { ...rateAt(block), slots: [empty, slots[0], empty] })
    expect(mixed.values).toEqual([0n, stored, 0n])
    const nobody = await proveStorage(client, { ...rateAt(block), address: `0x${'ab'.repeat(20)}` })
    expect(nobody.values).toEqual([0n, 0n])
    expect((await proveStorage(client, { ...rateAt(block), slots: [] })).values).toEqual([])
  })

  test('error: ProofInvalid for a block whose state was changed behind its header', async () => {
    // Anvil's cheats, which put the contracts in place, change the state of a block that is mined already.
    const { opening, multicall3 } = running.chain.deployedAt
    for (const block of [opening, multicall3]) {
      const proving = proveStorage(clientOf(running.chain.url), rateAt(block))
      await expect(proving).rejects.toBeInstanceOf(ProofInvalid)
    }
  })

  test('behavior: what an endpoint says beside its proofs counts for nothing', async () => {
    const proxy = await running.proxy(
      changeProof(answer => ({
        ...answer,
        storageHash: '0x01',
        storageProof: answer.storageProof.map(one => ({ ...one, key: '0x0', value: '0x1' })),
      })),
    )
    const block = running.chain.headBlock
    const honest = await proveStorage(clientOf(running.chain.url), rateAt(block))
    expect((await proveStorage(clientOf(proxy.url), rateAt(block))).values).toEqual(honest.values)
  })
})

describe('what an endpoint may send instead', () => {
  const headers: Readonly<Record<string, () => FaultPolicy>> = {
    'a header with another state root': () => changeHeader(header => ({ ...header, stateRoot: header.hash })),
    'a header with another time': () => changeHeader(header => ({ ...header, timestamp: '0x1' })),
    'a header without a hash': () => changeHeader(({ hash: _, ...header }) => header),
    'a header without a field': () => changeHeader(({ stateRoot: _, ...header }) => header),
  }

  const lies: Readonly<Record<string, () => FaultPolicy>> = {
    'no account': () => changeProof(answer => ({ ...answer, accountProof: [] })),
    'a shorter account proof': () =>
      changeProof(answer => ({ ...answer, accountProof: answer.accountProof.slice(0, -1) })),
    'the proof of another slot': () =>
      changeProof(answer => ({ ...answer, storageProof: answer.storageProof.toReversed() })),
    'proofs of nothing': () =>
      changeProof(answer => ({ ...answer, storageProof: answer.storageProof.map(() => ({ proof: [] })) })),
    'a changed value': () =>
      changeProof(answer => ({
        ...answer,
        storageProof: answer.storageProof.map(({ proof }) => ({
          proof: proof.with(-1, `${proof.at(-1)?.slice(0, -1)}${proof.at(-1)?.endsWith('0') ? 1 : 0}` as Hex),
        })),
      })),
    'the state of another block': () =>
      always({ kind: 'ask', params: [PLACES.rocketStorage, slots, '0x20'] }, 'eth_getProof'),
    'the state of another contract': () =>
      always({ kind: 'ask', params: [PLACES.reth, slots, 'latest'] }, 'eth_getProof'),
  }

  /** What comes of an operator that sends this and one behind it that follows the chain. */
  async function failureOf(policy: FaultPolicy): Promise<Error> {
    const [lying, honest] = [await running.proxy(policy), await running.proxy()]
    const client = clientOf(lying.url, honest.url)
    const failed: unknown = await proveStorage(client, rateAt(running.chain.headBlock)).catch(
      (error: unknown) => error,
    )
    expect(honest.count()).toBe(0)
    return failed as Error
  }

  test.each(Object.entries(headers))(
    'error: HeaderInvalid for %s, and nobody else is asked',
    async (_, policy) => {
      const failed = await failureOf(policy())
      expect(failed).toBeInstanceOf(HeaderInvalid)
      expect(failed.message).toMatch(/^a sent a header that does not hold\. ./)
      expect(failed.cause).toBeInstanceOf(HeaderInvalid)
    },
  )

  test.each(Object.entries(lies))(
    'error: ProofInvalid for %s, and nobody else is asked',
    async (_, policy) => {
      const failed = await failureOf(policy())
      expect(failed).toBeInstanceOf(ProofInvalid)
      expect(failed.message).toMatch(/^a sent a proof that does not hold\. ./)
      expect(failed.cause).toBeInstanceOf(ProofInvalid)
    },
  )

  test('error: ProofInvalid for a header made up whole, whose hash is right', async () => {
    const block = running.chain.headBlock
    const forge = (header: BlockAnswer): BlockAnswer => {
      const forged = { ...header, stateRoot: header['parentHash'] as Hex }
      return { ...forged, hash: headerHash(forged) }
    }
    const proxy = await running.proxy(
      faults({
        eth_getBlockByNumber: { kind: 'result', change: header => forge(header as BlockAnswer) },
        eth_getProof: { kind: 'ask', params: [PLACES.rocketStorage, slots, numberToHex(block)] },
      }),
    )
    await expect(proveStorage(clientOf(proxy.url), rateAt(block))).rejects.toBeInstanceOf(ProofInvalid)
  })

  const useless: Readonly<Record<string, FaultPolicy>> = {
    'another block': always({ kind: 'ask', params: ['0x20', false] }, 'eth_getBlockByNumber'),
    'no block': always({ kind: 'result', change: () => null }, 'eth_getBlockByNumber'),
    words: always({ kind: 'result', change: () => 'proof' }, 'eth_getProof'),
    nothing: always({ kind: 'result', change: () => null }, 'eth_getProof'),
    'an account proof that is no list': changeProof(answer => ({ ...answer, accountProof: '0x' })),
    'an account proof that is no bytes': changeProof(answer => ({ ...answer, accountProof: ['0x1'] })),
    'storage proofs that are no list': changeProof(answer => ({ ...answer, storageProof: {} })),
    'a storage proof that is none': changeProof(answer => ({ ...answer, storageProof: [null, null] })),
    'a slot too few': changeProof(answer => ({ ...answer, storageProof: answer.storageProof.slice(1) })),
    'a slot too many': changeProof(answer => ({
      ...answer,
      storageProof: [...answer.storageProof, ...answer.storageProof],
    })),
  }

  test.each(Object.entries(useless))(
    'error: UnexpectedReply for %s, and the next operator is asked',
    async (_, policy) => {
      const [broken, sound] = [await running.proxy(policy), await running.proxy()]
      const block = running.chain.headBlock
      await expect(proveStorage(clientOf(broken.url), rateAt(block))).rejects.toBeInstanceOf(UnexpectedReply)
      expect(await proveStorage(clientOf(broken.url, sound.url), rateAt(block))).toMatchObject({
        operator: 'b',
      })
      expect(sound.count()).toBe(2)
    },
  )

  test('error: MethodUnavailable where eth_getProof is not offered, and calls still go there', async () => {
    const [plain, other] = [await running.proxy(NOT_OFFERED), await running.proxy()]
    const block = running.chain.headBlock
    await expect(proveStorage(clientOf(plain.url), rateAt(block))).rejects.toBeInstanceOf(MethodUnavailable)
    const client = clientOf(plain.url, other.url)
    expect(await proveStorage(client, rateAt(block))).toMatchObject({ operator: 'b' })
    expect(other.requests.map(({ method }) => method)).toEqual(['eth_getBlockByNumber', 'eth_getProof'])
    const role = 'head'
    const asked = { method: 'eth_blockNumber', params: [], signal: undefined, read: () => 0 }
    expect(await client.ask({ ...asked, role })).toMatchObject({ operator: 'a' })
    expect(await client.ask({ ...asked, role: 'archive' })).toMatchObject({ operator: 'a' })
    // Neither is asked for a proof again, and what they can do stands on the record.
    expect(client.standings.map(({ rungs }) => rungs.get('proof'))).toEqual([false, true])
    await proveStorage(client, rateAt(block))
    expect(plain.count('eth_getProof')).toBe(2)
    expect(client.ledger.entries().map(({ method }) => method)).toContain('eth_getProof')
  })

  test('error: NoEndpointServed where none of several can, or none may be asked', async () => {
    const [one, two] = [await running.proxy(NOT_OFFERED), await running.proxy(NOT_OFFERED)]
    const failed = proveStorage(clientOf(one.url, two.url), rateAt(5n))
    await expect(failed).rejects.toMatchObject({
      name: 'NoEndpointServed',
      failures: [{ operator: 'a' }, { operator: 'b' }],
    })
    const wallet = createClient([endpointAt(running.chain.url, 'w', ['wallet'])], LOCAL)
    await expect(proveStorage(wallet, rateAt(5n))).rejects.toBeInstanceOf(NoEndpointServed)
  })

  test.each([['head'], ['archive']] as const)('behavior: an endpoint for %s alone is asked', async role => {
    const client = createClient([endpointAt(running.chain.url, 'one', [role])], LOCAL)
    expect(await proveStorage(client, rateAt(running.chain.headBlock))).toMatchObject({ operator: 'one' })
  })

  test('behavior: an abort stays an abort', async () => {
    const [silent, other] = [
      await running.proxy(always({ kind: 'hang' }, 'eth_getProof')),
      await running.proxy(),
    ]
    const controller = new AbortController()
    const waiting = proveStorage(clientOf(silent.url, other.url), {
      ...rateAt(5n),
      signal: controller.signal,
    })
    await expect.poll(() => silent.count('eth_getProof')).toBe(1)
    controller.abort()
    await expect(waiting).rejects.toBe(controller.signal.reason)
    expect(other.count()).toBe(0)
  })
})

describe('rocketRateSlots', () => {
  test('default: keccak256 of key and position 2, and other positions on demand', () => {
    expect(rocketRateSlots()).toEqual([
      '0x8a5e638174d8aca32e35588efcfb56d7d7c41fa53d63eea9543249b914ad2cf8',
      '0x24661fa43cfcbbce20f500b5c12b4977ba40531f28ba0cac1a442597c665df81',
    ])
    const key = keccak256(Buffer.from('network.balance.total'))
    expect(rocketRateSlots(7n)[0]).toBe(keccak256(`${key}${encodeWord(7n)}`))
  })

  test('behavior: what the slots hold is what RocketStorage answers for the keys', async () => {
    const block = running.chain.headBlock
    const keys = ['network.balance.total', 'network.balance.reth.supply'].map(name =>
      keccak256(Buffer.from(name)),
    )
    for (const [index, key] of keys.entries()) {
      const answered = await call(PLACES.rocketStorage, `0xbd02d0f5${key.slice(2)}`, block)
      expect(BigInt(answered)).toBeGreaterThan(0n)
      expect(
        await running.rpc('eth_getStorageAt', [PLACES.rocketStorage, slots[index], numberToHex(block)]),
      ).toBe(answered)
    }
  })
})

describe('provenRate', () => {
  test('default: rounded down, as the token does', () => {
    expect(provenRate([2n, 3n])).toBe(666_666_666_666_666_666n)
    expect(provenRate([16_000_245_324_450_000_000n, 16_000_000_000_000_000_000n])).toBe(
      1_000_015_332_778_125_000n,
    )
    expect(provenRate([0n, 3n])).toBe(0n)
  })

  test('behavior: no supply is no rate, as before the contracts were there', async () => {
    const block = running.chain.deployedAt.opening - 1n
    const { values } = await proveStorage(clientOf(running.chain.url), rateAt(block))
    expect(values).toEqual([0n, 0n])
    expect(provenRate(values)).toBeUndefined()
    expect(provenRate([5n, 0n])).toBeUndefined()
    expect(provenRate([])).toBeUndefined()
    expect(provenRate([5n])).toBeUndefined()
  })

  test('behavior: slots at the position of another mapping prove no rate', async () => {
    const request = { ...rateAt(running.chain.headBlock), slots: rocketRateSlots(9n) }
    expect(provenRate((await proveStorage(clientOf(running.chain.url), request)).values)).toBeUndefined()
  })
})
