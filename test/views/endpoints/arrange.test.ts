import { describe, expect, test } from 'vitest'
import { type Endpoint, PUBLIC_ENDPOINTS } from '../../../src/chain/endpoints.ts'
import type { EndpointSettings } from '../../../src/queries/endpoints.ts'
import {
  lastOnProblem,
  listedAs,
  withMove,
  withOwn,
  withoutOwn,
  withSwitch,
  withWallet,
} from '../../../src/views/endpoints/arrange.ts'

const endpoint = (url: string, roles: Endpoint['roles'] = ['head']): Endpoint => ({
  url,
  operator: url,
  roles,
  privacy: 'own',
})
const KNOWN = ['https://a.x', 'https://b.x', 'https://c.x'].map(url => endpoint(url))
const [A, B, C] = ['https://a.x', 'https://b.x', 'https://c.x'] as const
const SETTINGS: EndpointSettings = { own: [B], order: [C], switched: { [A]: false }, wallet: B }

describe('what a step makes of the settings', () => {
  test('default: a switch and the wallet change that alone', () => {
    expect(withSwitch(SETTINGS, C, true)).toEqual({ ...SETTINGS, switched: { [A]: false, [C]: true } })
    expect(withSwitch(SETTINGS, A, true).switched).toEqual({ [A]: true })
    expect(withWallet(SETTINGS, C)).toEqual({ ...SETTINGS, wallet: C })
  })

  test('default: a move changes places with the neighbour', () => {
    expect(withMove(SETTINGS, KNOWN, { url: B, by: -1 })).toEqual({ ...SETTINGS, order: [B, A, C] })
    expect(withMove(SETTINGS, KNOWN, { url: B, by: 1 }).order).toEqual([A, C, B])
  })

  test('behavior: no move beyond the ends, nor of what is not there', () => {
    for (const [url, by] of [
      [A, -1],
      [C, 1],
      ['https://gone.x', 1],
    ] as const)
      expect(withMove(SETTINGS, KNOWN, { url, by })).toBe(SETTINGS)
  })

  test('default: an own node comes first and is on', () => {
    const url = 'http://127.0.0.1:8545'
    expect(withOwn(SETTINGS, KNOWN, url)).toEqual({
      own: [B, url],
      order: [url, A, B, C],
      switched: { [A]: false, [url]: true },
      wallet: B,
    })
  })

  test('default: one that is removed leaves nothing behind', () => {
    const settings = { ...SETTINGS, order: [C, B], switched: { [A]: false, [B]: true } }
    expect(withoutOwn(settings, B)).toEqual({
      own: [],
      order: [C],
      switched: { [A]: false },
      wallet: undefined,
    })
    expect(withoutOwn({ ...settings, wallet: C }, B).wallet).toBe(C)
  })
})

describe('lastOnProblem', () => {
  test('default: any may be switched off as long as another gives the newest block', () => {
    expect(lastOnProblem(KNOWN, A)).toBeUndefined()
  })

  test('behavior: the last has to stay, and so has the last that gives the newest block', () => {
    expect(lastOnProblem([endpoint(A)], A)).toMatch(/^One endpoint has to stay on/)
    expect(lastOnProblem([endpoint(A), endpoint(B, ['archive', 'logs'])], A)).toMatch(/newest block/)
    expect(lastOnProblem([endpoint(A), endpoint(B, ['archive', 'logs'])], B)).toBeUndefined()
  })
})

describe('listedAs', () => {
  test.each([
    'https://ethereum-rpc.publicnode.com',
    'https://ethereum-rpc.publicnode.com/',
    'https://Ethereum-RPC.publicnode.com:443/#x',
  ])('default: %s is PublicNode', url => {
    expect(listedAs(PUBLIC_ENDPOINTS, url)?.operator).toBe('PublicNode')
  })

  test.each(['https://ethereum-rpc.publicnode.com/key', 'https://publicnode.com'])(
    'behavior: %s is another',
    url => {
      expect(listedAs(PUBLIC_ENDPOINTS, url)).toBeUndefined()
    },
  )
})
