import { describe, expect, test, vi } from 'vitest'
import {
  forgetAllWallets,
  forgetWallet,
  isSameWallet,
  loadWallets,
  rememberWallet,
  watchWallets,
} from '../../src/store/walletBook.ts'

const KEY = 'poolglass:wallets'
const ONE = '0x52908400098527886E0F7030069857D2E4169EE7'
const OTHER = '0xae78736Cd615f374D3085123A210448E74Fc6393'
const NAME = 'glass.eth'

/** What a browser gives: strings by key. */
function stubStorage(entries: Readonly<Record<string, string>> = {}): Map<string, string> {
  const kept = new Map(Object.entries(entries))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  return kept
}

const refuse = (name: string): void => {
  const fail = (): never => {
    throw new DOMException('no', name)
  }
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: fail, removeItem: fail })
}

describe('walletBook', () => {
  test('default: what is remembered is loaded, the newest first', () => {
    stubStorage()
    expect(rememberWallet([ONE])).toBe('kept')
    expect(rememberWallet([NAME, OTHER])).toBe('kept')
    expect(loadWallets()).toEqual([[NAME, OTHER], [ONE]])
  })

  test('behavior: nothing is stored before, and nothing is left after the last is forgotten', () => {
    const kept = stubStorage()
    expect(loadWallets()).toEqual([])
    expect([...kept.keys()]).toEqual([])
    rememberWallet([ONE])
    expect([...kept.keys()]).toEqual([KEY])
    expect(forgetWallet([ONE])).toBe('kept')
    expect([...kept.keys()]).toEqual([])
  })

  test('behavior: the same wallet is there once, whatever its order and case', () => {
    stubStorage()
    rememberWallet([ONE, NAME])
    rememberWallet([OTHER])
    rememberWallet(['Glass.eth', ONE.toLowerCase()])
    expect(loadWallets()).toEqual([['Glass.eth', ONE.toLowerCase()], [OTHER]])
    expect(isSameWallet([ONE], [ONE, OTHER])).toBe(false)
  })

  test('behavior: one is forgotten and the others stay; all are forgotten, also another version’s', () => {
    const kept = stubStorage()
    rememberWallet([ONE])
    rememberWallet([OTHER])
    forgetWallet([ONE.toLowerCase()])
    expect(loadWallets()).toEqual([[OTHER]])
    kept.set(KEY, JSON.stringify({ version: 2, wallets: [[ONE]] }))
    expect(forgetAllWallets()).toBe('kept')
    expect(kept.size).toBe(0)
  })

  test('behavior: a dozen are remembered', () => {
    stubStorage()
    for (let index = 0; index < 14; index += 1) rememberWallet([`n${index}.eth`])
    expect(loadWallets()).toHaveLength(12)
    expect(loadWallets()[0]).toEqual(['n13.eth'])
    expect(loadWallets()).not.toContainEqual(['n1.eth'])
  })

  test.each<[string, unknown]>([
    ['no JSON', '{'],
    ['null', null],
    ['a list', [[ONE]]],
    ['another version', { version: 2, wallets: [[ONE]] }],
    ['no version', { wallets: [[ONE]] }],
    ['wallets that are none', { version: 1, wallets: 'glass.eth' }],
  ])('behavior: nothing is remembered where %s is stored', (_, stored) => {
    stubStorage({ [KEY]: typeof stored === 'string' ? stored : JSON.stringify(stored) })
    expect(loadWallets()).toEqual([])
  })

  test('behavior: a wallet that is none is passed over, and the others stay', () => {
    const wrong = [
      [],
      ONE,
      [7],
      ['0x12'],
      ['glass'],
      ['a b.eth'],
      ['a.eth,b.eth'],
      [`${'a'.repeat(300)}.eth`],
      Array.from({ length: 21 }, (_, index) => `n${index}.eth`),
    ]
    stubStorage({ [KEY]: JSON.stringify({ version: 1, wallets: [...wrong, [NAME]] }) })
    expect(loadWallets()).toEqual([[NAME]])
  })

  test.each([
    ['QuotaExceededError', 'full'],
    ['SecurityError', 'forbidden'],
  ])('behavior: %s is told as %s', (name, told) => {
    refuse(name)
    expect(rememberWallet([ONE])).toBe(told)
    expect(forgetAllWallets()).toBe(told)
    expect(loadWallets()).toEqual([])
  })

  test('behavior: a browser without storage remembers nothing and says so', () => {
    vi.stubGlobal('localStorage', undefined)
    expect(loadWallets()).toEqual([])
    expect(rememberWallet([ONE])).toBe('forbidden')
  })

  test('behavior: what another page remembers is heard until the way out', () => {
    const target = new EventTarget()
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
    const heard = vi.fn()
    const tell = (key: string | null): boolean =>
      target.dispatchEvent(Object.assign(new Event('storage'), { key }))
    const leave = watchWallets(heard)
    tell(KEY)
    tell('poolglass:theme')
    tell(null)
    expect(heard).toHaveBeenCalledTimes(2)
    leave()
    tell(KEY)
    expect(heard).toHaveBeenCalledTimes(2)
  })
})
