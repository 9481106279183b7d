import { spawn } from 'node:child_process'
import fc from 'fast-check'
import { type Hex, keccak256, toRlp } from 'viem'
import { findAnvil } from '../../src/embedded/anvil.ts'
import { createRpc, type Rpc } from '../../src/embedded/rpc.ts'

/** What eth_getProof answers. */
export type ProofAnswer = {
  readonly accountProof: readonly Hex[]
  readonly storageHash: Hex
  readonly codeHash: Hex
  readonly balance: Hex
  readonly nonce: Hex
  readonly storageProof: readonly { readonly key: Hex; readonly value: Hex; readonly proof: readonly Hex[] }[]
}

export type BlockAnswer = Readonly<Record<string, unknown>> & {
  readonly hash: Hex
  readonly number: Hex
  readonly timestamp: Hex
  readonly stateRoot: Hex
}

type Item = Hex | readonly Item[]
type Entry = readonly [path: string, value: Hex]

const DIGITS = [...'0123456789abcdef']
const encode = (item: Item): Hex => toRlp(item as Hex[])
const isShort = (item: Item): boolean => encode(item).length < 66

/** The digits under which the trie keeps a key. */
export const pathOf = (key: Hex): string => keccak256(key).slice(2)

/** Write a path as leaves (flag 2) and extensions (flag 0) do. */
export const hexPrefix = (path: string, flag: 0 | 2): Hex =>
  path.length % 2 === 0 ? `0x${flag}0${path}` : `0x${flag + 1}${path}`

function sharedLength(entries: readonly Entry[]): number {
  const [first = ''] = entries.map(([path]) => path)
  const differs = (index: number) => entries.some(([path]) => path[index] !== first[index])
  return [...first].findIndex((_, index) => differs(index))
}

/** A whole trie, its short nodes inside their parents. */
function nodeOf(entries: readonly Entry[]): Item {
  const [only] = entries
  if (only === undefined) return '0x'
  if (entries.length === 1) return [hexPrefix(only[0], 2), only[1]]
  const shared = sharedLength(entries)
  const under = (start: string): Entry[] =>
    entries
      .filter(([path]) => path.startsWith(start))
      .map(([path, value]) => [path.slice(start.length), value])
  if (shared > 0) return [hexPrefix(only[0].slice(0, shared), 0), nodeOf(under(only[0].slice(0, shared)))]
  return [...DIGITS.map(digit => nodeOf(under(digit))), '0x']
}

const isBranch = (node: Item): node is readonly Item[] => node.length === 17
const isLeaf = (node: readonly Item[]): boolean => '23'.includes(String(node[0]).charAt(2))

/** A node as it is hashed: children that are not short stand as their hashes. */
function flat(node: Item): Item {
  if (typeof node === 'string') return node
  if (isBranch(node)) return node.map((child, index) => (index === 16 ? child : referTo(child)))
  return isLeaf(node) ? node : [node[0] ?? '0x', referTo(node[1] ?? '0x')]
}

function referTo(child: Item): Item {
  const own = flat(child)
  return child === '0x' || isShort(own) ? own : keccak256(encode(own))
}

function nextOf(node: readonly Item[], path: string): readonly [Item, string] | undefined {
  if (isBranch(node)) return [node[DIGITS.indexOf(path.charAt(0))] ?? '0x', path.slice(1)]
  const encoded = String(node[0]).slice(2)
  const own = encoded.slice(DIGITS.indexOf(encoded.charAt(0)) % 2 === 1 ? 1 : 2)
  return isLeaf(node) || !path.startsWith(own) ? undefined : [node[1] ?? '0x', path.slice(own.length)]
}

/**
 * Build a trie whose proofs are made without the code under test.
 * `prove` gives the nodes on a path, and with `all` the short ones too, as some nodes do.
 */
export function buildTrie(entries: readonly Entry[]) {
  const whole = nodeOf(entries)
  const prove = (path: string, all = false): Hex[] => {
    const parts: Hex[] = []
    let place: readonly [Item, string] | undefined = [whole, path]
    while (place !== undefined && typeof place[0] !== 'string') {
      const node: Item = flat(place[0])
      if (parts.length === 0 || all || !isShort(node)) parts.push(encode(node))
      place = nextOf(place[0], place[1])
    }
    return parts
  }
  return { root: keccak256(encode(flat(whole))), prove }
}

/** Change one byte of one part of a proof. */
export function corrupt(proof: readonly Hex[], { part, byte, by }: Corruption): Hex[] {
  const target = part % proof.length
  return proof.map((node, index): Hex => {
    if (index !== target) return node
    const at = 2 + 2 * (byte % ((node.length - 2) / 2))
    const changed = Number.parseInt(node.slice(at, at + 2), 16) ^ by
    return `0x${node.slice(2, at)}${changed.toString(16).padStart(2, '0')}${node.slice(at + 2)}`
  })
}

type Corruption = { readonly part: number; readonly byte: number; readonly by: number }

export const corruption: fc.Arbitrary<Corruption> = fc.record({
  part: fc.nat(20),
  byte: fc.nat(1_000),
  by: fc.integer({ min: 1, max: 255 }),
})

/** Run anvil with the rules of one fork, and stop it afterwards. */
export async function withFork<Value>(fork: string, ask: (rpc: Rpc) => Promise<Value>): Promise<Value> {
  const { command, leading } = findAnvil()
  const child = spawn(command, [...leading, '--port', '0', '--accounts', '1', '--hardfork', fork])
  try {
    const port = await new Promise<string>((resolve, reject) => {
      let said = ''
      child.once('error', reject)
      child.once('close', () => reject(new TypeError(`anvil ended: ${said.slice(-300)}`)))
      child.stdout.on('data', chunk => {
        said += String(chunk)
        const found = /Listening on [\d.]+:(\d+)/.exec(said)?.[1]
        if (found !== undefined) resolve(found)
      })
    })
    return await ask(createRpc(`http://127.0.0.1:${port}`))
  } finally {
    child.kill('SIGKILL')
  }
}
