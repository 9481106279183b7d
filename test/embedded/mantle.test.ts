import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/embedded/line.ts'
import { distance, readArgs, SharedChain } from './sharedChain.ts'

const METH = '0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa'
const STAKING = '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f'
const ORACLE = '0x8735049F496727f824Cc0f2B174d826f5c408192'
const RECORD_TOPIC = '0x3c2dada747e62514e16b7263ff08ee5566260a1a36eb50e2752f577f8f29974f'
const RECORD = parseAbi([
  'struct Record { uint64 updateStartBlock; uint64 updateEndBlock; uint64 validators; uint64 withdrawable; uint128 principal; uint128 rewards; uint128 balance; uint128 deposited; }',
  'event OracleRecordAdded(uint256 indexed index, Record record)',
])

const shared = new SharedChain(15)
const toEth = (amount: bigint, block: bigint) => shared.reading.word(STAKING, '0x5890c11c', [amount], block)
const toMeth = (amount: bigint, block: bigint) => shared.reading.word(STAKING, '0x4461ff05', [amount], block)

describe('MantleStaking', () => {
  test('default: ETH for mETH is the part of what is controlled, rounded down', async () => {
    const block = shared.chain.headBlock
    const controlled = await shared.reading.word(STAKING, '0x5940d90b')
    const supply = await shared.reading.word(METH, '0x18160ddd')
    for (const amount of [WAD, 987_654_321_123_456_789n]) {
      expect(await toEth(amount, block)).toBe((amount * controlled) / supply)
    }
  })

  test('behavior: mETH for ETH is less than the inverse, by the adjustment', async () => {
    const block = shared.chain.headBlock
    const adjustment = await shared.reading.word(STAKING, '0x0633af76')
    expect(adjustment).toBeGreaterThan(0n)
    const back = await toEth(await toMeth(WAD, block), block)
    expect(distance(back, (WAD * (10_000n - adjustment)) / 10_000n)).toBeLessThan(10n)
  })

  test('behavior: stakes and unstakes between two reports leave dust on the rate', async () => {
    let moved = 0
    for (let day = 10; day < 20; day++) {
      const report = shared.blockOf(day)
      const [before, between, after] = await Promise.all(
        [report - 2n, report - 1n, report].map(block => toEth(WAD, block)),
      )
      const dust = distance(between ?? 0n, before ?? 0n)
      expect(dust).toBeLessThan(10n ** 12n)
      expect(distance(after ?? 0n, before ?? 0n)).toBeGreaterThan(10n ** 13n)
      if (dust > 0n) moved += 1
    }
    expect(moved).toBe(5)
  })
})

describe('MantleOracle', () => {
  test('default: a record tells blocks and no rate', async () => {
    const logs = await shared.reading.logs(ORACLE, RECORD_TOPIC)
    expect(logs.map(({ blockNumber }) => blockNumber)).toEqual(shared.chain.landmarks.dayBlocks)
    const records = readArgs(RECORD, logs) as unknown as {
      index: bigint
      record: { updateStartBlock: bigint; updateEndBlock: bigint }
    }[]
    for (const [day, { index, record }] of records.entries()) {
      expect(index).toBe(BigInt(day) + (records[0]?.index ?? 0n))
      expect(record.updateEndBlock).toBe(shared.chain.landmarks.referenceBlocks[day])
      if (day > 0) expect(record.updateStartBlock).toBe((records[day - 1]?.record.updateEndBlock ?? 0n) + 1n)
    }
  })
})

test('behavior: the fee and the requests are told', async () => {
  expect(await shared.reading.word('0x1766be66fBb0a1883d41B4cfB0a533c5249D3b82', '0xcb043d04')).toBe(1000n)
  const requests = '0x38fDF7b489316e03eD8754ad339cb5c4483FDcf9'
  expect(await shared.reading.word(requests, '0xc02d4c8e')).toBeGreaterThan(WAD)
  expect(await shared.reading.word(requests, '0x106b263c')).toBe(0n)
})
