import { numberToHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { UnexpectedReply } from '../../src/chain/errors.ts'
import { type HeaderTag, readHeader } from '../../src/chain/readHeader.ts'
import { clientOf, testChain } from '../support/chain.ts'
import { always } from '../support/faultProxy.ts'

const running = testChain({ days: 20 })

type Block = { readonly number: `0x${string}`; readonly timestamp: `0x${string}`; readonly hash: string }

describe('readHeader', () => {
  test.each<[string, HeaderTag]>([
    ['latest', 'latest'],
    ['finalized', 'finalized'],
    ['5', 5n],
  ])('default: %s', async (_, tag) => {
    const proxy = await running.proxy()
    const header = await readHeader(clientOf(proxy.url), tag)
    const param = typeof tag === 'bigint' ? numberToHex(tag) : tag
    const direct = await running.rpc<Block>('eth_getBlockByNumber', [param, false])
    expect(header).toEqual({
      block: BigInt(direct.number),
      time: BigInt(direct.timestamp),
      hash: direct.hash,
      operator: 'a',
    })
    expect(proxy.count()).toBe(1)
  })

  test('behavior: finalized is below the head', async () => {
    const client = clientOf(running.chain.url)
    const [head, finalized] = [await readHeader(client, 'latest'), await readHeader(client, 'finalized')]
    expect(head.block).toBe(running.chain.headBlock)
    expect(finalized.block).toBeLessThan(head.block)
  })

  test('error: UnexpectedReply for a block that is not there yet', async () => {
    const wanted = running.chain.headBlock + 1n
    await expect(readHeader(clientOf(running.chain.url), wanted)).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test.each([
    ['another block', (result: unknown) => ({ ...(result as Block), number: '0x6' })],
    ['a number that is empty', (result: unknown) => ({ ...(result as Block), number: '0x' })],
    ['a time that is empty', (result: unknown) => ({ ...(result as Block), timestamp: '0x' })],
    ['a number as a number', (result: unknown) => ({ ...(result as Block), number: 5 })],
    ['half a hash', (result: unknown) => ({ ...(result as Block), hash: '0x1234' })],
    ['no hash', (result: unknown) => ({ ...(result as Block), hash: null })],
    ['words', () => 'block 5'],
    ['nothing', () => null],
  ])('error: UnexpectedReply for %s, and the next operator is asked', async (_, change) => {
    const [lying, honest] = [await running.proxy(always({ kind: 'result', change })), await running.proxy()]
    await expect(readHeader(clientOf(lying.url), 5n)).rejects.toBeInstanceOf(UnexpectedReply)
    expect(await readHeader(clientOf(lying.url, honest.url), 5n)).toMatchObject({ block: 5n, operator: 'b' })
  })
})
