import { type AbiEvent, encodeAbiParameters, encodeEventTopics, type Hex, parseAbiItem, toHex } from 'viem'
import { expect } from 'vitest'
import type { EventLog } from '../../src/math/eventLog.ts'
import { type BlockNumber, type Seconds, WAD, type Wad } from '../../src/math/fixedPoint.ts'
import type { ReportEvent } from '../../src/pools/definePool.ts'

/** Arguments by name, addresses and truth as numbers too; what is not given is 0. */
type Given = Readonly<Record<string, bigint>>

const abiOf = ({ signature }: Pick<ReportEvent, 'signature'>): AbiEvent =>
  parseAbiItem([`event ${signature}`] as readonly string[]) as unknown as AbiEvent

/** Encode an event with viem, in small letters as the log reader gives it. */
export function encodeEvent(
  event: Pick<ReportEvent, 'signature'>,
  given: Given,
): { readonly topics: readonly Hex[]; readonly data: Hex } {
  const abi = abiOf(event)
  const wordOf = ({
    name = '',
    type,
  }: {
    readonly name?: string | undefined
    readonly type: string
  }): unknown => {
    const value = given[name] ?? 0n
    if (type === 'bool') return value !== 0n
    return type === 'address' ? toHex(value, { size: 20 }) : value
  }
  const indexed = abi.inputs.filter(input => input.indexed === true)
  const plain = abi.inputs.filter(input => input.indexed !== true)
  const args = Object.fromEntries(indexed.map(input => [input.name ?? '', wordOf(input)]))
  const topics = encodeEventTopics({ abi: [abi], eventName: abi.name, args }) as Hex[]
  return { topics, data: encodeAbiParameters(plain, plain.map(wordOf)) }
}

export type Told = {
  readonly rate: Wad
  /** The block and the time that its oracle measured. */
  readonly block: BlockNumber
  readonly time: Seconds
}

/** Arguments with which the event of a pool tells a rate; an inverse is rounded. */
export function reportArguments(id: string, { rate, block, time }: Told): Given {
  const supply = 1_000n * WAD
  const ether = 1_000n * rate
  const given: Readonly<Record<string, Given>> = {
    'rocket-pool': { block, slotTimestamp: time, totalEth: ether, stakingEth: 7n, rethSupply: supply },
    ankr: { newRatio: WAD ** 2n / rate },
    lido: { reportTimestamp: time, timeElapsed: 86_400n, postTotalShares: supply, postTotalEther: ether },
    coinbase: { oracle: 5n, newExchangeRate: rate },
    binance: { oracle: 2n ** 160n - 1n, newExchangeRate: rate },
    swell: { newEthReserves: 9n * WAD, newSwETHToETHRate: rate, nodeOperatorRewards: 1n },
    'liquid-collective': {
      _collector: 77n,
      _oldTotalUnderlyingBalance: WAD,
      _oldTotalSupply: WAD,
      _newTotalUnderlyingBalance: ether,
      _newTotalSupply: supply,
    },
    'ether-fi': { totalEthLocked: ether, totalEEthShares: supply },
  }
  return given[id] ?? expect.unreachable(`no arguments for ${id}`)
}

/** A log of an event at its first contract, in block 100 unless told otherwise. */
export const logOf = (event: ReportEvent, given: Given, change: Partial<EventLog> = {}): EventLog => ({
  block: 100n,
  index: 0n,
  address: (event.addresses[0] ?? '0x').toLowerCase() as Hex,
  ...encodeEvent(event, given),
  transaction: `0x${'ab'.repeat(32)}`,
  operator: 'test',
  ...change,
})
