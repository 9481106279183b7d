import { encodeAbiParameters, numberToHex, pad } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/math/report.ts'
import { describeReport } from '../../src/pools/describeReport.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { reportRows } from '../support/vectors.ts'

const row = reportRows.at(-1)
const word = { type: 'uint256' } as const

/** A report of Rocket Pool as its fourth contract emits it. */
function report(address: string = rocketPool.reports[1].addresses[1]): Report {
  const {
    block = 0n,
    slotTimestamp = 0n,
    totalEth = 0n,
    stakingEth = 0n,
    rethSupply = 0n,
    time = 0n,
    rate = 0n,
  } = row ?? {}
  return {
    rate,
    measured: { kind: 'time', time: slotTimestamp },
    log: {
      block: block + 60n,
      index: 3n,
      address: address.toLowerCase() as `0x${string}`,
      topics: [rocketPool.reports[1].topic, pad(numberToHex(block))],
      data: encodeAbiParameters(
        [word, word, word, word, word],
        [slotTimestamp, totalEth, stakingEth, rethSupply, time],
      ),
      transaction: '0xbb',
      operator: 'test',
    },
  }
}

describe('describeReport', () => {
  test('default: the event, its arguments by name, and the commands that show both', () => {
    const described = describeReport(rocketPool, report())
    const at = (row?.block ?? 0n) + 60n
    expect(described?.event).toBe(rocketPool.reports[1])
    expect(described?.words).toEqual([
      { name: 'block', value: row?.block },
      { name: 'slotTimestamp', value: row?.slotTimestamp },
      { name: 'totalEth', value: row?.totalEth },
      { name: 'stakingEth', value: row?.stakingEth },
      { name: 'rethSupply', value: row?.rethSupply },
      { name: 'blockTimestamp', value: row?.time },
    ])
    // The address as it is written everywhere, with its checksum.
    expect(described?.logsLine).toBe(
      `cast logs --from-block ${at} --to-block ${at} --address ${rocketPool.reports[1].addresses[1]} ${rocketPool.reports[1].topic}`,
    )
    expect(described?.callLine).toBe(
      `cast call ${rocketPool.token.address} "getExchangeRate()(uint256)" --block ${at}`,
    )
  })

  test('behavior: a log of another contract or another pool is none of its reports', () => {
    expect(describeReport(rocketPool, report(rocketPool.reports[0].addresses[0]))).toBeUndefined()
    expect(describeReport(lido, report())).toBeUndefined()
  })
})
