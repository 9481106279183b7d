import { type Abi, type AbiEvent, parseAbiItem } from 'viem'
import { expect } from 'vitest'
import type { ReportEvent, TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import type { Read } from '../../src/pools/read.ts'

/** Everything that a pool asks of its contracts. Its feed is asked apart. */
export const readsOf = ({ rate, supply, pooled, lastReport, streamEnd, fee, exit }: TokenPool): Read[] =>
  [
    rate,
    supply,
    pooled,
    lastReport?.read,
    streamEnd,
    ...(fee.kind === 'read' ? fee.reads : []),
    ...exit.figures.map(({ read }) => read),
  ].filter(read => read !== undefined)

/** Everything that a pool reads or whose balances it counts. */
export const addressesOf = (pool: TokenPool): string[] => [
  pool.token.address,
  ...readsOf(pool).map(({ address }) => address),
  ...pool.siblings.map(({ address }) => address),
  ...pool.reports.flatMap(({ addresses }) => addresses),
]

export const poolOf = (id: string): TokenPool =>
  tokenPools.find(pool => pool.id === id) ?? expect.unreachable(`no token pool ${id}`)

export const reportOf = (id: string, index = 0): ReportEvent =>
  poolOf(id).reports[index] ?? expect.unreachable(`${id} has no report ${index}`)

/** Parse with viem, which takes the text of a definition only as a list of any length. */
const parse = (item: string): unknown => parseAbiItem([item] as readonly string[])

export const abiOf = ({ signature }: Read): Abi => [parse(`function ${signature}`)] as Abi

export const eventOf = ({ signature }: ReportEvent): AbiEvent => parse(`event ${signature}`) as AbiEvent
