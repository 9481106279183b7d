import fc from 'fast-check'
import { type Address, type Hex, keccak256, numberToHex, toRlp } from 'viem'
import { beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_ROOT, ProofInvalid, verifyAccount, verifyStorage } from '../../src/chain/merkleProof.ts'
import { KEEPER, OPERATOR, OTHERS } from '../../src/embedded/addresses.ts'
import { encodeWord } from '../../src/pools/words.ts'
import { testChain } from '../support/chain.ts'
import {
  type BlockAnswer,
  buildTrie,
  corrupt,
  corruption,
  hexPrefix,
  type ProofAnswer,
  pathOf,
} from './proofs.ts'

const running = testChain({ days: 20 })

const word = (value: bigint | Hex): Hex => `0x${encodeWord(value)}`
const blockAt = (block: bigint): Promise<BlockAnswer> =>
  running.rpc('eth_getBlockByNumber', [numberToHex(block), false])
const proofOf = (address: Address, slots: readonly Hex[], block: bigint): Promise<ProofAnswer> =>
  running.rpc('eth_getProof', [address, slots, numberToHex(block)])

const NOBODY = Array.from(
  { length: 12 },
  (_, index): Address => `0x${keccak256(word(BigInt(index))).slice(26)}`,
)

type Case = {
  readonly address: Address
  readonly answer: ProofAnswer
  readonly isThere: boolean
}
/** Of one slot: what anvil says is in it, by another method than the proof. */
type SlotCase = {
  readonly root: Hex
  readonly slot: Hex
  readonly proof: readonly Hex[]
  readonly value: bigint
}

let stateRoot: Hex
let olderRoot: Hex
const accounts: Case[] = []
const slots: SlotCase[] = []

/** The first positions of a contract, and where mappings at them would keep somebody's balance. */
function slotsToAsk(): Hex[] {
  const holders = [...Object.values(running.chain.demoWallets), OTHERS, ...NOBODY.slice(0, 2)]
  const positions = Array.from({ length: 6 }, (_, position) => BigInt(position))
  const balances = positions.flatMap(position =>
    holders.map(holder => keccak256(`${word(holder)}${encodeWord(position)}`)),
  )
  return [...positions.map(word), ...balances]
}

async function collect(address: Address, block: bigint): Promise<void> {
  const asked = slotsToAsk()
  const answer = await proofOf(address, asked, block)
  const code = await running.rpc<Hex>('eth_getCode', [address, numberToHex(block)])
  accounts.push({
    address,
    answer,
    isThere: code !== '0x' || BigInt(answer.nonce) > 0n || BigInt(answer.balance) > 0n,
  })
  for (const [index, slot] of asked.entries()) {
    const stored = await running.rpc<Hex>('eth_getStorageAt', [address, slot, numberToHex(block)])
    const proof = answer.storageProof[index]?.proof ?? []
    slots.push({ root: answer.storageHash, slot, proof, value: BigInt(stored) })
  }
}

beforeAll(async () => {
  const head = running.chain.headBlock
  stateRoot = (await blockAt(head)).stateRoot
  olderRoot = (await blockAt(head - 30n)).stateRoot
  const { rocketStorage, reth, rocketBalances4, ankrEth, steth, wsteth } = running.chain.places
  const contracts = [rocketStorage, reth, rocketBalances4, ankrEth, steth, wsteth]
  for (const address of [...contracts, KEEPER, OPERATOR, ...NOBODY]) await collect(address, head)
})

const anyIndex = fc.nat(10_000)
const pick = <Value>(list: readonly Value[], index: number): Value => list[index % list.length] as Value
const isRefused = (verify: () => unknown): void => expect(verify).toThrow(ProofInvalid)

describe('verifyAccount', () => {
  test('default: accounts of the chain as the node tells them, and accounts that are not there', () => {
    expect(accounts.filter(({ isThere }) => isThere).length).toBeGreaterThan(6)
    expect(accounts.filter(({ isThere }) => !isThere).length).toBeGreaterThan(6)
    for (const { address, answer, isThere } of accounts) {
      const told = {
        nonce: BigInt(answer.nonce),
        balance: BigInt(answer.balance),
        storageRoot: answer.storageHash,
        codeHash: answer.codeHash,
      }
      expect(verifyAccount(stateRoot, address, answer.accountProof)).toEqual(isThere ? told : undefined)
    }
  })

  test('error: ProofInvalid for one byte changed, anywhere', () => {
    fc.assert(
      fc.property(anyIndex, corruption, (index, change) => {
        const { address, answer } = pick(accounts, index)
        isRefused(() => verifyAccount(stateRoot, address, corrupt(answer.accountProof, change)))
      }),
      { numRuns: 1_000 },
    )
  })

  test('error: ProofInvalid for a proof cut short, with a node more, twice or in another order', () => {
    for (const { address, answer } of accounts) {
      const proof = answer.accountProof
      for (const count of proof.keys())
        isRefused(() => verifyAccount(stateRoot, address, proof.slice(0, count)))
      for (const node of [...proof, '0x80', '0x', '0xc0'] as Hex[])
        isRefused(() => verifyAccount(stateRoot, address, [...proof, node]))
      isRefused(() => verifyAccount(stateRoot, address, [proof[0] as Hex, ...proof]))
      isRefused(() => verifyAccount(stateRoot, address, proof.slice(1)))
      if (proof.length > 1) isRefused(() => verifyAccount(stateRoot, address, proof.toReversed()))
    }
  })

  test('error: ProofInvalid for the proof of another account, unless it proves the same absence', () => {
    for (const one of accounts)
      for (const other of accounts) {
        if (one === other) continue
        const verify = () => verifyAccount(stateRoot, one.address, other.answer.accountProof)
        if (one.isThere) isRefused(verify)
        else expect([undefined, ProofInvalid]).toContain(outcomeOf(verify))
      }
  })

  test('error: ProofInvalid for the state of another block', () => {
    expect(olderRoot).not.toBe(stateRoot)
    for (const { address, answer } of accounts)
      isRefused(() => verifyAccount(olderRoot, address, answer.accountProof))
  })
})

/** What a verification gives: its value, or the class that it throws. */
function outcomeOf(verify: () => unknown): unknown {
  try {
    return verify()
  } catch (error) {
    return (error as Error).constructor
  }
}

describe('verifyStorage', () => {
  test('default: slots as the node tells them, of contracts with few slots and many', () => {
    expect(slots.filter(({ value }) => value > 0n).length).toBeGreaterThan(15)
    expect(slots.filter(({ value, proof }) => value === 0n && proof.length > 1).length).toBeGreaterThan(5)
    for (const { root, slot, proof, value } of slots) expect(verifyStorage(root, slot, proof)).toBe(value)
  })

  test('behavior: a slot may be written short', () => {
    const found = slots.filter(({ slot, value }) => value > 0n && BigInt(slot) < 6n)
    expect(found.length).toBeGreaterThan(0)
    for (const { root, slot, proof, value } of found)
      expect(verifyStorage(root, numberToHex(BigInt(slot)), proof)).toBe(value)
  })

  test('error: ProofInvalid for one byte changed, anywhere', () => {
    fc.assert(
      fc.property(anyIndex, corruption, (index, change) => {
        const { root, slot, proof } = pick(slots, index)
        isRefused(() => verifyStorage(root, slot, corrupt(proof, change)))
      }),
      { numRuns: 1_000 },
    )
  })

  test('error: ProofInvalid for a proof cut short or with a node more', () => {
    for (const { root, slot, proof } of slots) {
      if (root !== EMPTY_ROOT)
        for (const count of proof.keys()) isRefused(() => verifyStorage(root, slot, proof.slice(0, count)))
      for (const node of [...proof, '0x80', '0x'] as Hex[])
        isRefused(() => verifyStorage(root, slot, [...proof, node]))
    }
  })

  test('error: ProofInvalid for the proof of another slot or contract, unless it proves the same absence', () => {
    const proofs = new Map(slots.map(({ proof }) => [String(proof), proof]))
    const held = slots.filter(({ value }) => value > 0n)
    expect(proofs.size).toBeGreaterThan(30)
    for (const { root, slot, proof } of held)
      for (const [text, other] of proofs)
        if (text !== String(proof)) isRefused(() => verifyStorage(root, slot, other))
    for (const { root, slot, value } of slots)
      for (const other of [...proofs.values()].slice(0, 20))
        expect([value, ProofInvalid]).toContain(outcomeOf(() => verifyStorage(root, slot, other)))
  })
})

const KEY = word(5n)
const PATH = pathOf(KEY)
const rlpOf = (value: bigint): Hex => toRlp(numberToHex(value))
const other = (digit: string): string => (digit === '0' ? '1' : '0')
/** A path that parts from the key's after so many digits. */
const partingAfter = (shared: number, filling = '7'): string =>
  `${PATH.slice(0, shared)}${other(PATH.charAt(shared))}`.padEnd(64, filling)

const values = fc.oneof(fc.bigInt({ min: 1n, max: 300n }), fc.bigInt({ min: 1n, max: 2n ** 256n - 1n }))
const neighbours = fc.uniqueArray(
  fc.record({
    shared: fc.integer({ min: 0, max: 63 }),
    digit: fc.constantFrom('3', '7', 'f'),
    value: values,
  }),
  { maxLength: 8, selector: ({ shared, digit }) => partingAfter(shared, digit) },
)

describe('tries of any shape', () => {
  test('behavior: any value among any neighbours, with short nodes inside their parents or beside them', () => {
    let shortNodes = 0
    fc.assert(
      fc.property(neighbours, values, (around, value) => {
        const entries = around.map(one => [partingAfter(one.shared, one.digit), rlpOf(one.value)] as const)
        const full = buildTrie([...entries, [PATH, rlpOf(value)]])
        expect(verifyStorage(full.root, KEY, full.prove(PATH))).toBe(value)
        expect(verifyStorage(full.root, KEY, full.prove(PATH, true))).toBe(value)
        shortNodes += full.prove(PATH, true).length - full.prove(PATH).length
        const without = buildTrie(entries)
        if (entries.length > 0) {
          expect(verifyStorage(without.root, KEY, without.prove(PATH))).toBe(0n)
          expect(verifyStorage(without.root, KEY, without.prove(PATH, true))).toBe(0n)
          isRefused(() => verifyStorage(without.root, KEY, full.prove(PATH)))
        }
      }),
      { numRuns: 200 },
    )
    expect(shortNodes).toBeGreaterThan(20)
  })

  test('error: ProofInvalid for one byte changed, in branches, extensions, leaves and short nodes', () => {
    fc.assert(
      fc.property(neighbours, values, corruption, fc.boolean(), (around, value, change, all) => {
        const entries = around.map(one => [partingAfter(one.shared, one.digit), rlpOf(one.value)] as const)
        const trie = buildTrie([...entries, [PATH, rlpOf(value)]])
        isRefused(() => verifyStorage(trie.root, KEY, corrupt(trie.prove(PATH, all), change)))
      }),
      { numRuns: 200 },
    )
  })

  test('behavior: the empty trie proves that there is nothing, and needs no node', () => {
    expect(EMPTY_ROOT).toBe('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421')
    expect(verifyStorage(EMPTY_ROOT, KEY, [])).toBe(0n)
    expect(verifyStorage(EMPTY_ROOT, KEY, ['0x80'])).toBe(0n)
    expect(verifyAccount(EMPTY_ROOT, NOBODY[0] as Address, [])).toBeUndefined()
    for (const proof of [['0x80', '0x80'], ['0x'], ['0xc0']] as Hex[][])
      isRefused(() => verifyStorage(EMPTY_ROOT, KEY, proof))
    isRefused(() => verifyStorage(word(1n), KEY, []))
  })
})

/** A proof of one node, whose hash is the root: right by its hashes, whatever it says. */
const single = (node: unknown): readonly [Hex, Hex, Hex[]] => {
  const encoded = toRlp(node as Hex[])
  return [keccak256(encoded), KEY, [encoded]]
}
const leaf = (path: string, value: unknown): unknown => [hexPrefix(path, 2), value]
const branch = (child: unknown, at = PATH, last: unknown = '0x'): unknown[] => [
  ...Array.from('0123456789abcdef', digit => (digit === at.charAt(0) ? child : '0x')),
  last,
]
const [first, ...restOfPath] = PATH
const rest = restOfPath.join('')

describe('nodes that no trie has, though their hashes fit', () => {
  test('default: the same nodes as they should be', () => {
    expect(verifyStorage(...single(leaf(PATH, rlpOf(9n))))).toBe(9n)
    expect(verifyStorage(...single(leaf(partingAfter(3), rlpOf(9n))))).toBe(0n)
    expect(verifyStorage(...single(branch(word(1n), other(PATH.charAt(0)))))).toBe(0n)
    expect(verifyStorage(...single([hexPrefix(partingAfter(0).slice(0, 4), 0), word(1n)]))).toBe(0n)
  })

  test.each<[string, unknown]>([
    ['flags above 3', [`0x40${PATH}`, rlpOf(9n)]],
    ['an even path with digits beside its flags', [`0x21${PATH}`, rlpOf(9n)]],
    [
      'an even path of an extension with digits beside its flags',
      [`0x01${partingAfter(0).slice(0, 4)}`, word(1n)],
    ],
    ['no flags', ['0x', rlpOf(9n)]],
    ['a leaf that ends early', leaf(PATH.slice(0, 62), rlpOf(9n))],
    ['a leaf that ends late', leaf(`${PATH}00`, rlpOf(9n))],
    ['another leaf that ends early', leaf(partingAfter(0).slice(0, 62), rlpOf(9n))],
    ['a leaf without value', leaf(PATH, '0x')],
    ['a leaf with a list for value', leaf(PATH, ['0x09'])],
    ['a list for path', [[hexPrefix(PATH, 2)], rlpOf(9n)]],
    ['an extension without path', [hexPrefix('', 0), word(1n)]],
    ['an extension over the whole key', [hexPrefix(partingAfter(0), 0), word(1n)]],
    ['an extension to nothing', [hexPrefix(PATH.slice(0, 4), 0), '0x']],
    ['an extension to nothing, off the path', [hexPrefix(partingAfter(0).slice(0, 4), 0), '0x']],
    ['a branch with a value', branch('0x', PATH, '0x01')],
    ['a branch with 16 places', branch('0x').slice(1)],
    ['a branch with 18 places', [...branch('0x'), '0x']],
    ['a reference of 31 bytes', branch(word(1n).slice(0, 64))],
    ['a node of three', [hexPrefix(PATH, 2), rlpOf(9n), '0x']],
    ['a node of one', [hexPrefix(PATH, 2)]],
    ['an empty list', []],
    ['no list', '0x1234'],
    ['a long node inside its parent', branch([hexPrefix(rest, 2), rlpOf(2n ** 200n)])],
    ['a stored zero', leaf(PATH, toRlp('0x'))],
    ['a stored number with a leading zero', leaf(PATH, toRlp('0x0009'))],
    ['a stored zero byte', leaf(PATH, toRlp('0x00'))],
    ['a stored number of 33 bytes', leaf(PATH, toRlp(`0x01${'00'.repeat(32)}`))],
    ['a stored list', leaf(PATH, toRlp(['0x09']))],
    ['a stored something that is no RLP', leaf(PATH, '0xb9')],
  ])('error: ProofInvalid for %s', (_, node) => {
    isRefused(() => verifyStorage(...single(node)))
  })

  test('error: ProofInvalid for an extension without path that leads to the right leaf', () => {
    const inner = toRlp(leaf(PATH, rlpOf(9n)) as Hex[])
    const outer = toRlp([hexPrefix('', 0), keccak256(inner)])
    expect(verifyStorage(keccak256(inner), KEY, [inner])).toBe(9n)
    isRefused(() => verifyStorage(keccak256(outer), KEY, [outer, inner]))
  })

  test('error: ProofInvalid for what is no RLP, longer than its RLP, or no bytes', () => {
    const [root, , [node]] = single(leaf(PATH, rlpOf(9n)))
    expect(verifyStorage(root, KEY, [node as Hex])).toBe(9n)
    for (const bad of [`${node}00`, '0x', '0xf8', '0xc1', `0x00${node?.slice(2)}`] as Hex[])
      isRefused(() => verifyStorage(keccak256(bad), KEY, [bad]))
    isRefused(() => verifyStorage(root, KEY, ['0xzz' as Hex]))
    isRefused(() => verifyStorage('0x1234', KEY, [node as Hex]))
  })

  test('error: ProofInvalid for a proof that goes on where the key ends', () => {
    const nest = (path: string): Hex[] => {
      const below = path.length === 1 ? [toRlp(branch('0x') as Hex[])] : nest(path.slice(1))
      return [toRlp(branch(keccak256(below[0] as Hex), path) as Hex[]), ...below]
    }
    const proof = nest(PATH)
    expect(proof).toHaveLength(65)
    isRefused(() => verifyStorage(keccak256(proof[0] as Hex), KEY, proof))
  })

  const address = NOBODY[0] as Address
  const accountOf = (fields: unknown) => {
    const encoded = toRlp([hexPrefix(pathOf(address), 2), toRlp(fields as Hex[])])
    return [keccak256(encoded), address, [encoded]] as const
  }

  test('default: an account as it should be', () => {
    expect(verifyAccount(...accountOf(['0x', '0x0100', EMPTY_ROOT, word(3n)]))).toEqual({
      nonce: 0n,
      balance: 256n,
      storageRoot: EMPTY_ROOT,
      codeHash: word(3n),
    })
  })

  test.each<[string, unknown]>([
    ['three fields', ['0x01', '0x02', EMPTY_ROOT]],
    ['five fields', ['0x01', '0x02', EMPTY_ROOT, word(3n), '0x']],
    ['a storage root of 31 bytes', ['0x01', '0x02', EMPTY_ROOT.slice(0, 64), word(3n)]],
    ['a code hash of 31 bytes', ['0x01', '0x02', EMPTY_ROOT, word(3n).slice(0, 64)]],
    ['a nonce with a leading zero', ['0x0001', '0x02', EMPTY_ROOT, word(3n)]],
    ['a balance of zero bytes', ['0x01', '0x00', EMPTY_ROOT, word(3n)]],
    ['a list for balance', ['0x01', [], EMPTY_ROOT, word(3n)]],
    ['no list', '0x01020304'],
  ])('error: ProofInvalid for an account with %s', (_, fields) => {
    isRefused(() => verifyAccount(...accountOf(fields)))
  })

  test('behavior: the path is the key’s, digit for digit', () => {
    expect(first).toBe(PATH.charAt(0))
    const inner = toRlp(leaf(rest, rlpOf(9n)) as Hex[])
    const outer = toRlp(branch(keccak256(inner)) as Hex[])
    expect(verifyStorage(keccak256(outer), KEY, [outer, inner])).toBe(9n)
    const wrong = toRlp(branch(keccak256(inner), other(PATH.charAt(0))) as Hex[])
    isRefused(() => verifyStorage(keccak256(wrong), KEY, [wrong, inner]))
    expect(verifyStorage(keccak256(wrong), KEY, [wrong])).toBe(0n)
  })
})
