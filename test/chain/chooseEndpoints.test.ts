import { describe, expect, test } from 'vitest'
import { chooseEndpoints, type EndpointChoice } from '../../src/chain/chooseEndpoints.ts'
import { type Endpoint, PUBLIC_ENDPOINTS } from '../../src/chain/endpoints.ts'

const NOTHING: EndpointChoice = { own: [], order: [], switched: {}, wallet: undefined }
const OWN = 'http://127.0.0.1:8545'

const endpoint = (name: string, change: Partial<Endpoint> = {}): Endpoint => ({
  url: `https://${name}.example`,
  operator: name,
  roles: ['head', 'wallet'],
  privacy: 'none',
  ...change,
})
const A = endpoint('a')
const B = endpoint('b', { roles: ['archive'] })
const C = endpoint('c')
const TRACKER = endpoint('t', { privacy: 'tracks' })
const DEFAULTS = [A, B, C, TRACKER]

function choose(change: Partial<EndpointChoice>, defaults: readonly Endpoint[] = DEFAULTS) {
  const { known, used, walletUrl } = chooseEndpoints(defaults, { ...NOTHING, ...change })
  const names = (all: readonly Endpoint[]) => all.map(({ operator }) => operator)
  return { known: names(known), used: names(used), walletUrl }
}

describe('chooseEndpoints', () => {
  test('default: all in their order but those that track, and the first that may sees the wallet', () => {
    expect(choose({})).toEqual({ known: ['a', 'b', 'c', 't'], used: ['a', 'b', 'c'], walletUrl: A.url })
  })

  test('behavior: of the public ones exactly those that track are off at first', () => {
    const { known, used } = chooseEndpoints(PUBLIC_ENDPOINTS, NOTHING)
    expect(known).toEqual(PUBLIC_ENDPOINTS)
    expect(known.filter(one => !used.includes(one)).map(({ privacy }) => privacy)).toEqual(['tracks'])
  })

  test('behavior: switched on and off by the reader', () => {
    const { used } = choose({ switched: { [A.url]: false, [TRACKER.url]: true } })
    expect(used).toEqual(['b', 'c', 't'])
  })

  test('behavior: an own node is asked everything, and comes first unless the order says otherwise', () => {
    const { known, used, walletUrl } = choose({ own: [OWN] })
    expect(known).toEqual(['127.0.0.1:8545', 'a', 'b', 'c', 't'])
    expect(used[0]).toBe('127.0.0.1:8545')
    expect(walletUrl).toBe(OWN)
    expect(choose({ own: [OWN], order: [C.url, OWN] }).known).toEqual(['c', '127.0.0.1:8545', 'a', 'b', 't'])
  })

  test('behavior: those not named in the order come after, and what is not known any more is left out', () => {
    expect(choose({ order: ['https://gone.example', C.url, B.url, C.url] }).known).toEqual([
      'c',
      'b',
      'a',
      't',
    ])
  })

  test.each(['nonsense', 'javascript:alert(1)', 'http://example.org', 'https://me:secret@example.org'])(
    'error: InvalidEndpoint of a stored %s leaves that one out and no other',
    url => {
      expect(choose({ own: [url, OWN] }).known).toEqual(['127.0.0.1:8545', 'a', 'b', 'c', 't'])
    },
  )

  test('behavior: with everything off, what is on at first is asked', () => {
    const off = Object.fromEntries(DEFAULTS.map(({ url }) => [url, false]))
    expect(choose({ switched: off }).used).toEqual(['a', 'b', 'c'])
  })

  test('behavior: the one chosen for the wallet, as long as it is on and may see it', () => {
    expect(choose({ wallet: C.url }).walletUrl).toBe(C.url)
    expect(choose({ wallet: C.url, switched: { [C.url]: false } }).walletUrl).toBe(A.url)
    expect(choose({ wallet: B.url }).walletUrl).toBe(A.url)
    expect(choose({ wallet: 'https://gone.example' }).walletUrl).toBe(A.url)
    expect(choose({}, [B]).walletUrl).toBeUndefined()
  })
})
