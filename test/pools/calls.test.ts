import { encodeFunctionData, toEventSelector, toFunctionSelector } from 'viem'
import { describe, expect, test } from 'vitest'
import { tokenPools } from '../../src/pools/index.ts'
import type { Read } from '../../src/pools/read.ts'
import { abiOf, eventOf, poolOf, readsOf } from './lookup.ts'
import { CALLS, INDEXED, REPORTS } from './published.ts'

const callOf = ({ address, callData }: Read): string => `${address} ${callData.slice(0, 10)}`
const maybeCallOf = (read: Read | undefined): string | undefined =>
  read === undefined ? undefined : callOf(read)

describe('calls', () => {
  test.each(tokenPools)('default: the selectors of $id are those of its signatures', pool => {
    for (const { signature, callData } of readsOf(pool))
      expect(`${callData.slice(0, 10)} ${signature}`).toBe(
        `${toFunctionSelector(`function ${signature}`)} ${signature}`,
      )
  })

  test.each(tokenPools)('behavior: viem encodes the calls of $id alike', pool => {
    for (const read of readsOf(pool))
      expect(encodeFunctionData({ abi: abiOf(read), args: read.args })).toBe(read.callData)
  })

  test.each(tokenPools)('behavior: the answers of $id have as many words as outputs', pool => {
    for (const read of readsOf(pool)) {
      const item = abiOf(read)[0]
      expect(item).toMatchObject({ type: 'function', stateMutability: 'view' })
      expect(item?.type === 'function' ? item.outputs.length : 0).toBe(read.words)
    }
  })

  test.each(tokenPools)('behavior: rate, supply, total and end of the stream of $id are one word', pool => {
    const { rate, supply, pooled, streamEnd, exit } = pool
    const figures = exit.figures.map(({ read }) => read)
    for (const read of [rate, supply, pooled, streamEnd, ...figures]) expect(read?.words ?? 1).toBe(1)
  })

  test.each(tokenPools)(
    'behavior: $id asks its rate of 1 token where it has to name an amount',
    ({ rate }) => {
      for (const arg of rate.args) expect(arg).toBe(10n ** 18n)
    },
  )

  test.each(Object.entries(CALLS))('behavior: %s asks the published contracts and selectors', (id, calls) => {
    const { rate, supply, pooled, lastReport, streamEnd, fee, exit } = poolOf(id)
    expect(callOf(rate)).toBe(calls.rate)
    expect(callOf(supply)).toBe(calls.supply)
    expect(maybeCallOf(pooled)).toBe(calls.pooled)
    expect(maybeCallOf(lastReport?.read)).toBe(calls.lastReport)
    expect(maybeCallOf(streamEnd)).toBe(calls.streamEnd)
    expect(fee.kind === 'read' ? fee.reads.map(callOf) : []).toEqual(calls.fee ?? [])
    expect(exit.figures.map(({ read }) => callOf(read))).toEqual(calls.exit ?? [])
  })

  test('behavior: Rocket Pool’s last report is kept under the key of its time, not of its block', () => {
    expect(poolOf('rocket-pool').lastReport?.read.args).toEqual([
      '0x2bf046908521b100f0b60454d61b12d6184158cf04e6b59bcc5132a22c2b5e20',
    ])
  })
})

describe('topics', () => {
  test.each(tokenPools)('default: the topics of $id are those of its signatures', ({ reports }) => {
    expect(reports.map(report => toEventSelector(eventOf(report)))).toEqual(reports.map(({ topic }) => topic))
  })

  test.each(Object.entries(REPORTS))(
    'behavior: %s has the published topics and contracts',
    (id, published) => {
      expect(poolOf(id).reports.map(({ topic, addresses }) => [topic, addresses])).toEqual(published)
    },
  )

  // No topic tells which arguments are indexed, and yet they are looked for elsewhere.
  test.each(Object.entries(INDEXED))('behavior: %s has the published indexed arguments', (id, published) => {
    const indexed = poolOf(id).reports.map(report =>
      eventOf(report)
        .inputs.filter(input => input.indexed === true)
        .map(({ name }) => name),
    )
    expect(indexed).toEqual(published)
  })
})
