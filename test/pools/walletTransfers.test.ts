import fc from 'fast-check'
import { encodeAbiParameters, type Hex, pad, parseAbiItem, toEventSelector, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { EventLog } from '../../src/math/eventLog.ts'
import { MalformedLog } from '../../src/pools/eventWords.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { walletAssets } from '../../src/pools/walletAssets.ts'
import {
  decodeMove,
  TRANSFER,
  TRANSFER_SHARES,
  transfersOf,
  transferTopics,
} from '../../src/pools/walletTransfers.ts'

const [A, B, STRANGER] = [1n, 2n, 3n].map(value => toHex(value, { size: 20 })) as [Hex, Hex, Hex]
const tokenOf = (symbol: string): Hex =>
  walletAssets(tokenPools).find(asset => asset.symbol === symbol)?.token ?? expect.unreachable(symbol)
const [rETH, stETH, aETHb, OETH] = [tokenOf('rETH'), tokenOf('stETH'), tokenOf('aETHb'), tokenOf('OETH')]

type Given = { from: Hex; to: Hex; value?: bigint; token?: Hex; index?: bigint; block?: bigint }

const logOf = (
  { from, to, value = 5n, token = rETH, index = 0n, block = 10n }: Given,
  { topic }: { topic: Hex } = TRANSFER,
): EventLog => ({
  block,
  index,
  address: token.toLowerCase() as Hex,
  topics: [topic, pad(from), pad(to)],
  data: encodeAbiParameters([{ type: 'uint256' }], [value]),
  transaction: pad('0x77'),
  operator: 'a',
})

const found = (logs: readonly EventLog[], accounts: readonly string[] = [A, B]) =>
  transfersOf(logs, walletAssets(tokenPools), accounts)

describe('events', () => {
  test.each([TRANSFER, TRANSFER_SHARES])('default: the topic of $signature is its own', event => {
    expect(toEventSelector(parseAbiItem([`event ${event.signature}`] as readonly string[]) as never)).toBe(
      event.topic,
    )
  })

  test('behavior: shares are asked for where an asset moves in them', () => {
    const assets = walletAssets(tokenPools)
    expect(transferTopics(assets)).toEqual([TRANSFER.topic, TRANSFER_SHARES.topic])
    expect(transferTopics(assets.filter(({ moves }) => moves !== 'shares'))).toEqual([TRANSFER.topic])
  })

  test('behavior: a move is decoded, another event is none', () => {
    const log = logOf({ from: A, to: B })
    expect(decodeMove(log)).toEqual({ log, kind: 'tokens', from: A, to: B, value: 5n })
    expect(decodeMove(logOf({ from: A, to: B, value: 7n }, TRANSFER_SHARES))).toMatchObject({
      kind: 'shares',
      value: 7n,
    })
    expect(decodeMove({ ...log, topics: [pad('0x01')] })).toBeUndefined()
  })

  test('error: MalformedLog where the value is an indexed topic, as of an NFT', () => {
    const log = logOf({ from: A, to: B })
    expect(() => decodeMove({ ...log, topics: [...log.topics, pad('0x05')], data: '0x' })).toThrow(
      MalformedLog,
    )
  })
})

describe('transfersOf', () => {
  test('default: what comes in is above 0, what goes out below, each with whom', () => {
    const logs = [
      logOf({ from: A, to: STRANGER, value: 3n, index: 2n }),
      logOf({ from: STRANGER, to: A, value: 8n, index: 1n }),
    ]
    expect(found(logs)).toEqual([
      {
        asset: tokenPools[0]?.token.address,
        block: 10n,
        index: 1n,
        transaction: pad('0x77'),
        units: 8n,
        counterpart: STRANGER,
      },
      {
        asset: tokenPools[0]?.token.address,
        block: 10n,
        index: 2n,
        transaction: pad('0x77'),
        units: -3n,
        counterpart: STRANGER,
      },
    ])
  })

  test('behavior: between own accounts and to itself nothing moves', () => {
    expect(found([logOf({ from: A, to: B })]).map(({ units }) => units)).toEqual([0n])
    expect(found([logOf({ from: A, to: A })]).map(({ units }) => units)).toEqual([0n])
    expect(found([logOf({ from: A, to: B })], [A]).map(({ units }) => units)).toEqual([-5n])
    expect(found([logOf({ from: A, to: B })], [B]).map(({ units }) => units)).toEqual([5n])
  })

  test('behavior: a log of nothing, as strangers send them, moves nothing of any token', () => {
    for (const token of [rETH, stETH, aETHb])
      expect(found([logOf({ from: STRANGER, to: A, value: 0n, token })]).map(({ units }) => units)).toEqual([
        0n,
      ])
    expect(found([logOf({ from: STRANGER, to: A, token: aETHb })]).map(({ units }) => units)).toEqual([
      undefined,
    ])
  })

  test('behavior: an account is the same in any case', () => {
    const mixed = '0xABCDEFabcdefABCDEFabcdefABCDEFabcdefABCD'
    const log = logOf({ from: STRANGER, to: mixed.toLowerCase() as Hex })
    expect(found([log], [mixed]).map(({ units }) => units)).toEqual([5n])
  })

  test('behavior: logs of other tokens and of other accounts are passed over', () => {
    expect(found([logOf({ from: STRANGER, to: STRANGER })])).toEqual([])
    expect(found([logOf({ from: A, to: STRANGER, token: STRANGER })])).toEqual([])
    // Another token may emit the event of shares.
    expect(found([logOf({ from: A, to: STRANGER }, TRANSFER_SHARES)])).toEqual([])
  })

  test('behavior: shares count, and the tokens beside them do not', () => {
    const move = { from: STRANGER, to: A, token: stETH }
    const logs = [logOf({ ...move, value: 12n }), logOf({ ...move, value: 10n, index: 1n }, TRANSFER_SHARES)]
    expect(found(logs).map(({ units, index }) => [units, index])).toEqual([[10n, 1n]])
  })

  test('behavior: before there was an event of shares, a transfer tells only that some moved', () => {
    const move = { from: STRANGER, to: A, token: stETH }
    expect(found([logOf(move)]).map(({ units }) => units)).toEqual([undefined])
    const others = logOf({ ...move, to: B, index: 1n }, TRANSFER_SHARES)
    expect(found([logOf(move), others]).map(({ units }) => units)).toEqual([undefined, 5n])
  })

  test('behavior: where tokens are not what stays the same, only the block is told, of every part', () => {
    expect(found([logOf({ from: A, to: STRANGER, token: aETHb })]).map(({ units }) => units)).toEqual([
      undefined,
    ])
    const moved = found([logOf({ from: A, to: B, token: OETH })])
    expect(moved.map(({ asset, units }) => [asset, units])).toEqual([
      [OETH, undefined],
      [`${OETH}:still`, undefined],
    ])
  })

  test('behavior: units add up to what came in less what went out, whatever the order', () => {
    const account = fc.constantFrom(A, B, STRANGER)
    const moves = fc.array(fc.record({ from: account, to: account, value: fc.bigInt(0n, 10n ** 30n) }))
    fc.assert(
      fc.property(moves, given => {
        const logs = given.map((move, index) => logOf({ ...move, index: BigInt(index) }))
        const own = (who: Hex): boolean => who !== STRANGER
        const net = given.reduce(
          (sum, { from, to, value }) => sum + (own(to) ? value : 0n) - (own(from) ? value : 0n),
          0n,
        )
        const all = found(logs.toReversed())
        expect(all.reduce((sum, { units = 0n }) => sum + units, 0n)).toBe(net)
        expect(all.map(({ index }) => index)).toEqual(
          all.map(({ index }) => index).toSorted((a, b) => (a < b ? -1 : 1)),
        )
      }),
    )
  })
})
