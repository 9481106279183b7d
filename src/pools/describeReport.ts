import type { Report } from '../math/report.ts'
import type { ReportEvent, TokenPool } from './definePool.ts'
import { decodeEvent, parseEvent } from './eventWords.ts'
import { castLine } from './read.ts'

/** An event that told a rate, with what anybody needs to see it again. */
export type ReportDescription = {
  readonly event: ReportEvent
  /** As Solidity names them, in its order: indexed ones first. */
  readonly words: readonly { readonly name: string; readonly value: bigint }[]
  /** Foundry's command that shows the log. */
  readonly logsLine: string
  /** Foundry's command whose answer is the rate that the log implies. */
  readonly callLine: string
}

/** Describe a pool's report; undefined where no event of the pool is like it. */
export function describeReport(pool: TokenPool, { log }: Report): ReportDescription | undefined {
  const [topic = ''] = log.topics
  const event = pool.reports.find(
    one =>
      one.topic === topic.toLowerCase() &&
      one.addresses.some(address => address.toLowerCase() === log.address.toLowerCase()),
  )
  const address = event?.addresses.find(one => one.toLowerCase() === log.address.toLowerCase())
  if (event === undefined || address === undefined) return undefined
  const words = Object.entries(decodeEvent(parseEvent(event.signature), log))
  return {
    event,
    words: words.map(([name, value]) => ({ name, value })),
    logsLine: `cast logs --from-block ${log.block} --to-block ${log.block} --address ${address} ${event.topic}`,
    callLine: castLine(pool.rate, log.block),
  }
}
