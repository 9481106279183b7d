import fc from 'fast-check'
import { type Hex, keccak256, numberToHex, toRlp } from 'viem'
import { describe, expect, test } from 'vitest'
import { HeaderInvalid, headerHash, requireHash } from '../../src/chain/headerHash.ts'
import { testChain } from '../support/chain.ts'
import { type BlockAnswer, withFork } from './proofs.ts'

const running = testChain({ days: 20 })
const blockAt = (block: bigint): Promise<BlockAnswer> =>
  running.rpc('eth_getBlockByNumber', [numberToHex(block), false])

/** What a block's answer says besides its header; whatever else there is must count in the hash. */
const BODY = ['hash', 'totalDifficulty', 'size', 'uncles', 'transactions', 'withdrawals']
const fieldsOf = (header: BlockAnswer): string[] => Object.keys(header).filter(name => !BODY.includes(name))

/** Every way to change one digit, or to add a byte. */
function changesOf(value: unknown): string[] {
  const digits = String(value)
  const turned = Array.from(digits, (_, at) => at)
    .slice(2)
    .map(at => `${digits.slice(0, at)}${digits[at] === '5' ? '6' : '5'}${digits.slice(at + 1)}`)
  return [...turned, `${digits}01`]
}

/** Forks, and how many fields a header has under their rules. */
const FORKS = [
  ['berlin', 15],
  ['london', 16],
  ['paris', 16],
  ['shanghai', 17],
  ['cancun', 20],
  ['prague', 21],
  ['osaka', 21],
] as const

/**
 * A block with a transaction and one without. Anvil's first block is left out: it has blob fields under every fork, with
 * gaps before them, as no block of a real chain has.
 */
async function headersOf(fork: string): Promise<BlockAnswer[]> {
  return await withFork(fork, async rpc => {
    const [from] = await rpc<string[]>('eth_accounts')
    await rpc('eth_sendTransaction', [{ from, to: from, value: '0x1', gasPrice: '0x77359400' }])
    await rpc('anvil_mine', ['0x2'])
    return await Promise.all(
      ['0x1', '0x2'].map(tag => rpc<BlockAnswer>('eth_getBlockByNumber', [tag, false])),
    )
  })
}

describe('headerHash', () => {
  test('default: every block of the embedded chain', async () => {
    const blocks = Array.from({ length: Number(running.chain.headBlock) + 1 }, (_, block) => BigInt(block))
    for (const block of blocks) {
      const header = await blockAt(block)
      expect(headerHash(header)).toBe(header.hash)
    }
  })

  test.each(FORKS)('behavior: %s, whose header has %i fields, each of which counts', async (fork, count) => {
    for (const header of await headersOf(fork)) {
      expect(requireHash(header)).toBe(header.hash)
      expect(fieldsOf(header)).toHaveLength(count)
      for (const field of fieldsOf(header))
        for (const changed of field === 'logsBloom'
          ? changesOf(header[field]).slice(-9)
          : changesOf(header[field]))
          expect(() => requireHash({ ...header, [field]: changed }), `${field} ${changed}`).toThrow(
            HeaderInvalid,
          )
    }
  })

  test('behavior: a quantity is a number, however it is written; a hash too', async () => {
    const header = await blockAt(5n)
    const padded = {
      ...header,
      number: '0x0005',
      difficulty: '0x00',
      hash: header.hash.toUpperCase().replace('X', 'x'),
    }
    expect(requireHash(padded)).toBe(header.hash)
  })

  test('behavior: 0 is empty, and no number has a leading zero', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), difficulty => {
        const bytes = Array.from({ length: 15 }, (): Hex => '0x')
        const header = { ...plain, difficulty: numberToHex(difficulty) }
        const shortest = difficulty === 0n ? '0x' : numberToHex(difficulty, { size: sizeOf(difficulty) })
        expect(headerHash(header)).toBe(keccak256(toRlp(bytes.with(7, shortest))))
      }),
    )
  })
})

/** A header of nothing, to see how one field of it is written. */
const plain = Object.fromEntries([
  ...['parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot'].map(name => [
    name,
    '0x',
  ]),
  ...['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp'].map(name => [name, '0x0']),
  ...['logsBloom', 'extraData', 'mixHash', 'nonce'].map(name => [name, '0x']),
])
const sizeOf = (value: bigint): number => Math.ceil(value.toString(16).length / 2)

describe('requireHash', () => {
  test('error: HeaderInvalid for a field that is missing, null or no text', async () => {
    const header = await blockAt(5n)
    expect(requireHash(header)).toBe(header.hash)
    for (const field of fieldsOf(header))
      for (const value of [undefined, null, 5, {}, '5', '0x', '0xzz'])
        if (header[field] !== value)
          expect(() => requireHash({ ...header, [field]: value }), field).toThrow(HeaderInvalid)
  })

  test('error: HeaderInvalid for a field that passes for the one before it', async () => {
    const [, header] = await headersOf('cancun')
    const { blobGasUsed, excessBlobGas, parentBeaconBlockRoot, ...before } = header as BlockAnswer
    expect(requireHash({ ...before, blobGasUsed, excessBlobGas, parentBeaconBlockRoot })).toBe(before.hash)
    // The same list, under other names.
    const shifted = { ...before, blobGasUsed, excessBlobGas, requestsHash: parentBeaconBlockRoot }
    expect(() => requireHash(shifted)).toThrow(HeaderInvalid)
  })

  test.each([undefined, null, '0x', `0x${'00'.repeat(32)}`])(
    'error: HeaderInvalid for the hash %s',
    async hash => {
      const header = await blockAt(5n)
      expect(() => requireHash({ ...header, hash })).toThrow(HeaderInvalid)
    },
  )
})
