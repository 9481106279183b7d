import { type Hex, numberToHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import { type Endpoint, PUBLIC_ENDPOINTS } from '../../src/chain/endpoints.ts'
import { NoEndpointServed } from '../../src/chain/errors.ts'
import { type RecheckRequest, recheck, witnessesOf } from '../../src/chain/recheck.ts'
import { PLACES } from '../../src/embedded/addresses.ts'
import { readBalance } from '../../src/pools/infrastructure.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, endpointAt, LOCAL, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultPolicy, ignoreBlockTag, refuse } from '../support/faultProxy.ts'
import type { BlockAnswer } from './proofs.ts'

const running = testChain({ days: 20 })
const reads = [rocketPool.rate, rocketPool.supply]

const blockAt = (block: bigint): Promise<BlockAnswer> =>
  running.rpc('eth_getBlockByNumber', [numberToHex(block), false])
const answersAt = (block: bigint): Promise<Hex[]> =>
  Promise.all(
    reads.map(({ address, callData }) =>
      running.rpc<Hex>('eth_call', [{ to: address, data: callData }, numberToHex(block)]),
    ),
  )

async function requestAt(block: bigint, change: Partial<RecheckRequest> = {}): Promise<RecheckRequest> {
  const { hash, timestamp, ...header } = await blockAt(block)
  return {
    reads,
    block,
    time: BigInt(timestamp),
    header: { hash, parentHash: header['parentHash'] as Hex },
    role: 'head',
    ...change,
  }
}

/** Ask an endpoint behind a policy, and an honest one where that fails. */
async function ask(policy: FaultPolicy | undefined, request: RecheckRequest) {
  const [first, second] = [await running.proxy(policy), await running.proxy()]
  const client = clientOf(first.url, second.url)
  // As the page has: a block so young is not taken for one that an endpoint has forgotten.
  client.follow(running.chain.headBlock)
  const answered = await recheck(client, client.endpoints, request)
  return { ...answered, first, second, client }
}

const tagOf = ({ params }: { readonly params: readonly unknown[] }): unknown => params[1]
const isByHash = (request: { readonly params: readonly unknown[] }): boolean =>
  typeof tagOf(request) === 'object' && tagOf(request) !== null

/** Refuse blocks that are named by their hash, as endpoints without EIP-1898 do. */
const byNumberOnly =
  (refusal: Fault): FaultPolicy =>
  request =>
    request.method === 'eth_call' && isByHash(request) ? refusal : undefined
const UNKNOWN_SHAPE = refuse(200, {
  code: -32_602,
  message: 'Invalid params: invalid type: map, expected a string',
})

describe('recheck', () => {
  test('default: the same calls at the block’s hash, in one request to one operator', async () => {
    const block = running.chain.headBlock - 3n
    const request = await requestAt(block)
    const { first, second, ...answered } = await ask(undefined, request)
    expect(answered).toMatchObject({ block, time: request.time, operator: 'a', isByHash: true })
    expect(answered.outcomes.map(({ returnData }) => returnData)).toEqual(await answersAt(block))
    expect(answered.outcomes.map(({ read }) => read)).toEqual(reads)
    expect(first.requests.map(tagOf)).toEqual([{ blockHash: request.header?.hash, requireCanonical: true }])
    expect(second.count()).toBe(0)
  })

  test('behavior: without a hash by number, and the time is held against the figure’s', async () => {
    const block = running.chain.headBlock - 3n
    const answered = await ask(undefined, await requestAt(block, { header: undefined }))
    expect(answered).toMatchObject({ operator: 'a', isByHash: false })
    expect(answered.first.requests.map(tagOf)).toEqual([numberToHex(block)])
    const otherTime = requestAt(block, { header: undefined, time: 1n })
    await expect(ask(undefined, await otherTime)).rejects.toMatchObject({
      name: 'NoEndpointServed',
      failures: [{ name: 'UnexpectedReply' }, { name: 'UnexpectedReply' }],
    })
  })

  test.each<[string, Fault]>([
    ['does not know the shape', UNKNOWN_SHAPE],
    ['does not know the block', refuse(200, { code: -32_000, message: 'header for hash not found' })],
    [
      'says that it is not canonical',
      refuse(200, { code: -32_000, message: 'hash is not currently canonical' }),
    ],
  ])('behavior: an endpoint that %s is asked by number', async (_, refusal) => {
    const block = running.chain.headBlock - 3n
    const answered = await ask(byNumberOnly(refusal), await requestAt(block))
    expect(answered).toMatchObject({ operator: 'a', isByHash: false })
    expect(answered.outcomes.map(({ returnData }) => returnData)).toEqual(await answersAt(block))
    expect(answered.outcomes.map(({ read }) => read)).toEqual(reads)
    expect(answered.first.requests.map(isByHash)).toEqual([true, false])
    expect(answered.second.count()).toBe(0)
  })

  test('error: by number, a block with another parent is another block, and the next is asked', async () => {
    const block = running.chain.headBlock - 3n
    const { header, ...request } = await requestAt(block)
    const other = { hash: header?.hash ?? '0x', parentHash: (await blockAt(block - 2n)).hash }
    const asking = ask(byNumberOnly(UNKNOWN_SHAPE), { ...request, header: other })
    expect(await asking).toMatchObject({ operator: 'b', isByHash: true })
  })

  test('behavior: a lie comes back as it was told, for the reader to see', async () => {
    const block = running.chain.headBlock
    const [rate = '0x'] = await answersAt(block)
    const lie = `${rate.slice(0, -1)}${rate.endsWith('1') ? 2 : 1}`
    const policy = always(
      { kind: 'result', change: result => String(result).replace(rate.slice(2), lie.slice(2)) },
      'eth_call',
    )
    const { outcomes, operator } = await ask(policy, await requestAt(block))
    expect(operator).toBe('a')
    expect(outcomes[0]?.returnData).toBe(lie)
    expect(lie).not.toBe(rate)
  })

  test.each<[string, number, FaultPolicy]>([
    ['is gone', 1, always({ kind: 'reset' })],
    ['wants fewer requests', 1, always(refuse(429, { code: -32_005, message: 'rate limit exceeded' }))],
    ['answers for the newest block', 2, ignoreBlockTag],
  ])('behavior: an operator that %s is passed over after %i requests', async (_, count, policy) => {
    const answered = await ask(policy, await requestAt(running.chain.headBlock - 3n))
    expect(answered).toMatchObject({ operator: 'b', isByHash: true })
    expect([answered.first.count(), answered.second.count()]).toEqual([count, 1])
  })

  test('error: NoEndpointServed where nobody can, or nobody is left', async () => {
    const gone = await running.proxy(always({ kind: 'reply', status: 503, body: '' }))
    const client = clientOf(gone.url)
    const request = await requestAt(running.chain.headBlock)
    await expect(recheck(client, client.endpoints, request)).rejects.toMatchObject({
      failures: [{ name: 'Unreachable', operator: 'a' }],
    })
    await expect(recheck(client, [], request)).rejects.toBeInstanceOf(NoEndpointServed)
  })

  test('behavior: a wallet’s calls stand in the ledger as such, whichever endpoint is asked', async () => {
    const [own, other] = [await running.proxy(), await running.proxy()]
    const client = createClient([endpointAt(own.url, 'own'), endpointAt(other.url, 'other', ['head'])], LOCAL)
    const request = await requestAt(running.chain.headBlock, {
      role: 'wallet',
      reads: [readBalance(PLACES.reth, PLACES.reth)],
    })
    const witnesses = witnessesOf(client, { role: 'wallet', age: 0n, except: ['own'] })
    expect(await recheck(client, witnesses, request)).toMatchObject({ operator: 'other' })
    expect(own.count()).toBe(0)
    expect(client.ledger.entries()).toMatchObject([{ operator: 'other', carriesAddress: true }])
  })

  test('behavior: an abort stays an abort', async () => {
    const [silent, other] = [await running.proxy(always({ kind: 'hang' })), await running.proxy()]
    const client = clientOf(silent.url, other.url)
    const controller = new AbortController()
    const request = await requestAt(running.chain.headBlock, { signal: controller.signal })
    const asking = recheck(client, client.endpoints, request)
    await expect.poll(() => silent.count()).toBe(1)
    controller.abort()
    await expect(asking).rejects.toBe(controller.signal.reason)
    expect(other.count()).toBe(0)
  })
})

describe('witnessesOf', () => {
  const client = createClient(PUBLIC_ENDPOINTS, MAINNET)
  const names = (endpoints: readonly Endpoint[]): string[] => endpoints.map(({ operator }) => operator)
  const own = (operator: string, change: Partial<Endpoint>): Endpoint => ({
    ...endpointAt(`http://127.0.0.1/${operator}`, operator),
    ...change,
  })

  test('default: all that can and have not answered, those that track last', () => {
    const young = names(witnessesOf(client, { role: 'head', age: 3n, except: ['PublicNode'] }))
    expect(young).not.toContain('PublicNode')
    expect(young).not.toContain('BlockPI')
    expect(young[0]).not.toBe('Tenderly')
    expect(young.at(-1)).toBe('Tenderly')
    expect(young.length).toBeGreaterThan(3)
  })

  test('behavior: an old block is asked of archives, and of those whose depth reaches it', () => {
    const old = (age: bigint) => names(witnessesOf(client, { role: 'archive', age, except: [] }))
    expect(old(1_000_000n)).not.toContain('PublicNode')
    expect(old(8_999n)).toContain('PublicNode')
    expect(old(9_000n)).not.toContain('PublicNode')
    expect(old(1_000n)).not.toContain('BlockRazor')
  })

  test('behavior: a wallet is asked of those that serve the head or wallets', () => {
    const local = createClient(
      [
        own('logs', { roles: ['logs'] }),
        own('archive', { roles: ['archive'] }),
        own('wallet', { roles: ['wallet'] }),
        own('head', { roles: ['head'] }),
      ],
      LOCAL,
    )
    expect(names(witnessesOf(local, { role: 'wallet', age: 0n, except: [] }))).toEqual(['wallet', 'head'])
  })

  test('behavior: whoever failed a moment ago comes last', async () => {
    const gone = await running.proxy(always({ kind: 'reset' }))
    const local = clientOf(gone.url, running.chain.url)
    const ofAll = { role: 'head', age: 0n, except: [] } as const
    expect(names(witnessesOf(local, ofAll))).toEqual(['a', 'b'])
    await recheck(local, local.endpoints, await requestAt(running.chain.headBlock))
    expect(names(witnessesOf(local, ofAll))).toEqual(['b', 'a'])
  })
})
