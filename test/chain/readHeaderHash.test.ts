import { numberToHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { UnexpectedReply } from '../../src/chain/errors.ts'
import { HeaderInvalid } from '../../src/chain/headerHash.ts'
import { readHeaderHash } from '../../src/chain/readHeaderHash.ts'
import { clientOf, testChain } from '../support/chain.ts'
import { always, type Fault } from '../support/faultProxy.ts'
import type { BlockAnswer } from './proofs.ts'

const running = testChain({ days: 20 })

const change = (how: (header: BlockAnswer) => unknown): Fault => ({
  kind: 'result',
  change: header => how(header as BlockAnswer),
})

describe('readHeaderHash', () => {
  test.each([['latest'], [5n]] as const)('default: block %s, in one request', async tag => {
    const proxy = await running.proxy()
    const header = await readHeaderHash(clientOf(proxy.url), tag)
    const param = typeof tag === 'bigint' ? numberToHex(tag) : tag
    const direct = await running.rpc<BlockAnswer>('eth_getBlockByNumber', [param, false])
    expect(header).toEqual({
      block: BigInt(direct.number),
      time: BigInt(direct.timestamp),
      hash: direct.hash,
      parentHash: direct['parentHash'],
      stateRoot: direct.stateRoot,
      operator: 'a',
      url: proxy.url,
    })
    expect(proxy.requests.map(({ method, params }) => [method, params])).toEqual([
      ['eth_getBlockByNumber', [param, false]],
    ])
  })

  test.each<[string, Fault]>([
    ['another time', change(header => ({ ...header, timestamp: '0x1' }))],
    ['another hash', change(header => ({ ...header, hash: header['parentHash'] }))],
    ['no hash', change(({ hash: _, ...header }) => header)],
    ['no state root', change(({ stateRoot: _, ...header }) => header)],
  ])('error: HeaderInvalid for a header with %s, and nobody else is asked', async (_, fault) => {
    const [lying, honest] = [await running.proxy(always(fault)), await running.proxy()]
    const failed: unknown = await readHeaderHash(clientOf(lying.url, honest.url), 5n).catch(error => error)
    expect(failed).toBeInstanceOf(HeaderInvalid)
    expect((failed as Error).message).toMatch(/^a sent a header that does not hold\. ./)
    expect(honest.count()).toBe(0)
  })

  test.each<[string, Fault]>([
    ['another block', { kind: 'ask', params: ['0x6', false] }],
    ['no block', change(() => null)],
    ['words', change(() => 'block 5')],
    ['a number that is none', change(header => ({ ...header, number: 5 }))],
  ])('error: UnexpectedReply for %s, and the next operator is asked', async (_, fault) => {
    const [useless, sound] = [await running.proxy(always(fault)), await running.proxy()]
    await expect(readHeaderHash(clientOf(useless.url), 5n)).rejects.toBeInstanceOf(UnexpectedReply)
    expect(await readHeaderHash(clientOf(useless.url, sound.url), 5n)).toMatchObject({
      block: 5n,
      operator: 'b',
    })
  })

  test('behavior: only one endpoint, or anybody but some', async () => {
    const [one, two] = [await running.proxy(), await running.proxy()]
    const client = clientOf(one.url, two.url)
    expect(await readHeaderHash(client, 5n, { only: two.url })).toMatchObject({ operator: 'b' })
    expect(await readHeaderHash(client, 5n, { except: ['a'], role: 'archive' })).toMatchObject({
      operator: 'b',
    })
    expect([one.count(), two.count()]).toEqual([0, 2])
  })
})
