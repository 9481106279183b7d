import { type Hex, keccak256, toHex, toRlp } from 'viem'
import { headerHash } from '../../../src/chain/headerHash.ts'
import { rocketRateSlots } from '../../../src/chain/proveStorage.ts'
import { WAD, type Wad } from '../../../src/math/fixedPoint.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { buildTrie, pathOf } from '../../chain/proofs.ts'

const STORAGE = rocketPool.lastReport.read.address
const bytes = (value: bigint): Hex => (value === 0n ? '0x' : toHex(value))
const hash = (name: string): Hex => keccak256(toHex(name))

/** What the state of a block holds of rETH's rate: a thousand tokens at that rate, and the proofs of it. */
function stateOf(rate: Wad) {
  const slots = rocketRateSlots()
  const values = [rate * 1_000n, 1_000n * WAD]
  const storage = buildTrie(slots.map((slot, index) => [pathOf(slot), toRlp(bytes(values[index] ?? 0n))]))
  const account = toRlp([bytes(1n), '0x', storage.root, hash('code')])
  const accounts = buildTrie([
    [pathOf(STORAGE), account],
    [pathOf(rocketPool.token.address), account],
  ])
  return {
    root: accounts.root,
    proof: {
      accountProof: accounts.prove(pathOf(STORAGE)),
      storageProof: slots.map(slot => ({ proof: storage.prove(pathOf(slot)) })),
    },
  }
}

export const proofAnswer = (rate: Wad): unknown => stateOf(rate).proof

type Told = { readonly block: bigint; readonly time: bigint; readonly parentHash: Hex; readonly rate: Wad }

/** A block as eth_getBlockByNumber answers it, with the hash that its fields have. */
export function headerAnswer({
  block,
  time,
  parentHash,
  rate,
}: Told): Record<string, unknown> & { hash: Hex } {
  const header = {
    parentHash,
    sha3Uncles: hash('uncles'),
    miner: `0x${'00'.repeat(20)}`,
    stateRoot: stateOf(rate).root,
    transactionsRoot: hash('transactions'),
    receiptsRoot: hash('receipts'),
    logsBloom: `0x${'00'.repeat(256)}`,
    difficulty: '0x0',
    number: toHex(block),
    gasLimit: '0x1c9c380',
    gasUsed: '0x5208',
    timestamp: toHex(time),
    extraData: '0x',
    mixHash: hash('mix'),
    nonce: '0x0000000000000000',
    baseFeePerGas: '0x7',
  }
  return { ...header, hash: headerHash(header) }
}
