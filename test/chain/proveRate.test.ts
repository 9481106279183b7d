import { type Hex, keccak256, numberToHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { MethodUnavailable, UnexpectedReply } from '../../src/chain/errors.ts'
import { HeaderInvalid, headerHash } from '../../src/chain/headerHash.ts'
import { ProofInvalid } from '../../src/chain/merkleProof.ts'
import { proveRate } from '../../src/chain/proveRate.ts'
import { PLACES } from '../../src/embedded/addresses.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultPolicy, refuse } from '../support/faultProxy.ts'
import type { BlockAnswer, ProofAnswer } from './proofs.ts'

const running = testChain()

const blockAt = (block: bigint): Promise<BlockAnswer> =>
  running.rpc('eth_getBlockByNumber', [numberToHex(block), false])
const rateAt = async (block: bigint): Promise<bigint> =>
  BigInt(
    await running.rpc<Hex>('eth_call', [
      { to: PLACES.reth, data: rocketPool.rate.callData },
      numberToHex(block),
    ]),
  )
const requestAt = async (block: bigint) => ({
  block,
  time: BigInt((await blockAt(block)).timestamp),
  role: 'head' as const,
})
const headers = (how: (header: BlockAnswer) => unknown): FaultPolicy =>
  always({ kind: 'result', change: header => how(header as BlockAnswer) }, 'eth_getBlockByNumber')
const proofs = (how: (answer: ProofAnswer) => unknown): FaultPolicy =>
  always({ kind: 'result', change: answer => how(answer as ProofAnswer) }, 'eth_getProof')

/** Another block of that number, whole and with the hash that it has. */
const forged = (header: BlockAnswer): BlockAnswer => {
  const other = { ...header, extraData: '0x1234' }
  return { ...other, hash: headerHash(other) }
}

describe('proveRate', () => {
  test('default: what rETH answers, at the head and long before, with a hash that two operators give', async () => {
    const [one, two] = [await running.proxy(), await running.proxy()]
    const { headBlock, switchBlocks, firstDayBlock } = running.chain
    const client = clientOf(one.url, two.url)
    const rates = new Set<bigint>()
    for (const block of [headBlock, firstDayBlock + 1n, ...switchBlocks]) {
      const proof = await proveRate(client, await requestAt(block))
      const rate = await rateAt(block)
      rates.add(rate)
      expect(proof).toMatchObject({
        block,
        hash: (await blockAt(block)).hash,
        operator: 'a',
        witness: { kind: 'agreed', operator: 'b' },
        rate,
      })
      expect((proof.total * 10n ** 18n) / proof.supply).toBe(rate)
    }
    expect(rates.size).toBeGreaterThan(2)
    const count = 2 + switchBlocks.length
    expect(one.counts()).toEqual({ eth_getBlockByNumber: count, eth_getProof: count })
    expect(two.counts()).toEqual({ eth_getBlockByNumber: count })
  })

  test('behavior: only one operator gave the hash', async () => {
    const request = await requestAt(running.chain.headBlock)
    const alone = await proveRate(clientOf(running.chain.url), request)
    expect(alone.witness).toMatchObject({ kind: 'alone', why: { name: 'NoEndpointServed' } })
    const gone = await running.proxy(always({ kind: 'reply', status: 503, body: '' }))
    const { witness } = await proveRate(clientOf(running.chain.url, gone.url), request)
    expect(witness).toMatchObject({ kind: 'alone' })
  })

  test('behavior: a second operator with another hash, or with a header that does not hold', async () => {
    const block = running.chain.headBlock
    const other = await running.proxy(headers(forged))
    const differs = await proveRate(clientOf(running.chain.url, other.url), await requestAt(block))
    expect(differs.witness).toEqual({
      kind: 'differs',
      operator: 'b',
      hash: forged(await blockAt(block)).hash,
    })
    const lying = await running.proxy(headers(header => ({ ...header, extraData: '0x1234' })))
    const { witness } = await proveRate(clientOf(running.chain.url, lying.url), await requestAt(block))
    expect(witness.kind === 'alone' && witness.why).toBeInstanceOf(HeaderInvalid)
  })

  const refused: Readonly<Record<string, readonly [FaultPolicy, new (message: string) => Error]>> = {
    'a corrupted node': [
      proofs(answer => ({
        ...answer,
        accountProof: answer.accountProof.map((node): Hex => `0x${node.slice(4)}00`),
      })),
      ProofInvalid,
    ],
    'the proof of the block before': [
      ({ method }): Fault | undefined =>
        method === 'eth_getProof'
          ? { kind: 'ask', params: [PLACES.rocketStorage, [keccak256('0x'), keccak256('0x')], '0x20'] }
          : undefined,
      ProofInvalid,
    ],
    'a wrong state root': [
      headers(header => ({ ...header, stateRoot: header['parentHash'] })),
      HeaderInvalid,
    ],
    'a wrong header': [headers(header => ({ ...header, gasUsed: '0x1' })), HeaderInvalid],
    'a swapped block': [
      always({ kind: 'ask', params: ['0x20', false] }, 'eth_getBlockByNumber'),
      UnexpectedReply,
    ],
  }

  test.each(Object.entries(refused))('error: %s is refused', async (_, [policy, Failure]) => {
    const proxy = await running.proxy(policy)
    const proving = proveRate(clientOf(proxy.url), await requestAt(running.chain.headBlock))
    await expect(proving).rejects.toBeInstanceOf(Failure)
  })

  test('error: UnexpectedReply where the block has another time than the rate was read at', async () => {
    const request = await requestAt(running.chain.headBlock)
    const proving = proveRate(clientOf(running.chain.url), { ...request, time: request.time + 12n })
    await expect(proving).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test('error: MethodUnavailable where proofs are not offered', async () => {
    const proxy = await running.proxy(
      always(
        refuse(200, { code: -32_601, message: 'the method eth_getProof does not exist/is not available' }),
        'eth_getProof',
      ),
    )
    const proving = proveRate(clientOf(proxy.url), await requestAt(running.chain.headBlock))
    await expect(proving).rejects.toBeInstanceOf(MethodUnavailable)
  })

  test('behavior: slots that hold nothing prove no rate', async () => {
    const request = await requestAt(running.chain.deployedAt.opening - 1n)
    expect(await proveRate(clientOf(running.chain.url), request)).toMatchObject({
      total: 0n,
      supply: 0n,
      rate: undefined,
    })
  })
})
