import type { Mark, Move } from '../math/course.ts'
import type { Earned } from '../math/earnings.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { readEtherPrice } from '../pools/infrastructure.ts'
import { castLine, type Read } from '../pools/read.ts'
import type { FileAsset, WalletEvent, WalletFileInput } from './walletEvents.ts'

/** How to ask for a figure again, and how it was made of the answers. */
export type FileReceipt = {
  readonly blocks: readonly string[]
  readonly contracts: readonly string[]
  /** For Foundry's command line, with `--rpc-url` of any archive endpoint. */
  readonly calls: readonly string[]
  /** With the numbers put in; products are not rounded. */
  readonly formula: string
}

type Asked = { readonly read: Read; readonly block: BlockNumber }

const blocksOf = (asked: readonly Asked[]): BlockNumber[] => [...new Set(asked.map(({ block }) => block))]

function receiptOf(asked: readonly Asked[], transactions: readonly string[], formula: string): FileReceipt {
  return {
    blocks: blocksOf(asked).map(String),
    contracts: [...new Set(asked.map(({ read }) => read.address))],
    calls: [
      ...new Set(asked.map(({ read, block }) => castLine(read, block))),
      ...transactions.map(hash => `cast receipt ${hash}`),
    ],
    formula,
  }
}

const ratesAt = ({ rate }: FileAsset, blocks: readonly BlockNumber[]): Asked[] =>
  rate === undefined ? [] : blocks.map(block => ({ read: rate.read, block }))

const unitsAt = (
  { units }: FileAsset,
  { accounts }: Pick<WalletFileInput, 'accounts'>,
  blocks: readonly BlockNumber[],
): Asked[] =>
  blocks.flatMap(block => accounts.flatMap(account => units.reads(account).map(read => ({ read, block }))))

const priceAt = (block: BlockNumber, price: bigint | undefined): Asked[] =>
  price === undefined ? [] : [{ read: readEtherPrice, block }]

/** Say how to find again what came or went, and at which rate and price. */
export function eventReceipt(event: WalletEvent, input: Pick<WalletFileInput, 'accounts'>): FileReceipt {
  const { asset, after, block, units, rate, between, price, log, worth } = event
  const blocks = [...new Set([after, block])]
  const estimate =
    between.low === between.high ? '' : `, the middle between ${between.low} and ${between.high}`
  const formula = `${units} units × rate ${rate}${estimate} = ${worth.ether} weiWad`
  const dollars =
    price === undefined || worth.dollars === undefined ? '' : `; × price ${price} = ${worth.dollars} usd44`
  return receiptOf(
    [
      ...(log === undefined ? unitsAt(asset, input, blocks) : []),
      ...ratesAt(asset, blocks),
      ...priceAt(block, price),
    ],
    log === undefined ? [] : [log.transaction],
    `${formula}${dollars}`,
  )
}

const valueText = ({ units, rate }: Mark): string => `${units} × ${rate}`

/** Say how to find again what was earned between two blocks. */
export function earnedReceipt(
  asset: FileAsset,
  { from, to, low, high }: Earned,
  { moves, input }: { readonly moves: readonly Move[]; readonly input: Pick<WalletFileInput, 'accounts'> },
): FileReceipt {
  const blocks = [...new Set([from.block, to.block])]
  const inside = moves.filter(({ block }) => block > from.block && block <= to.block)
  const result = low === high ? `${low}` : `${low} to ${high}`
  return receiptOf(
    [...unitsAt(asset, input, blocks), ...ratesAt(asset, blocks)],
    // Their transactions stand beside the moves.
    [],
    `${valueText(to)} − ${valueText(from)} − Σ units × rate of the ${inside.length} of \`moves\` after block ${from.block} and up to block ${to.block} = ${result} weiWad`,
  )
}
