import { describe, expect, test } from 'vitest'
import { type Endpoint, ownEndpoint, PUBLIC_ENDPOINTS } from '../../../src/chain/endpoints.ts'
import { walletUrlOf } from '../../../src/cli/read/walletAnswer.ts'

const endpoint = (operator: string, roles: Endpoint['roles']): Endpoint => ({
  ...{ url: `https://${operator}.example`, operator, privacy: 'none', roles },
})
const plain = endpoint('plain', ['head', 'wallet'])
const stranger = endpoint('stranger', ['archive', 'logs'])
const archive = endpoint('archive', ['archive', 'wallet'])
const all = endpoint('all', ['archive', 'logs', 'wallet'])

describe('walletUrlOf', () => {
  test('default: holdings alone go to the first that may see a wallet', () => {
    expect(walletUrlOf([stranger, plain, all], { isHoldingsOnly: true })).toBe(plain.url)
  })

  test('behavior: the past goes to one that keeps old state, better with logs, and never to one that may not', () => {
    const past = { isHoldingsOnly: false }
    expect(walletUrlOf([stranger, plain, archive, all], past)).toBe(all.url)
    expect(walletUrlOf([stranger, plain, archive], past)).toBe(archive.url)
    expect(walletUrlOf([stranger, plain], past)).toBe(plain.url)
    expect(walletUrlOf([stranger], past)).toBeUndefined()
  })

  test('behavior: a public endpoint serves the past, an own one everything', () => {
    const url = walletUrlOf(PUBLIC_ENDPOINTS, { isHoldingsOnly: false })
    const chosen = PUBLIC_ENDPOINTS.find(one => one.url === url)
    expect(chosen?.roles).toEqual(expect.arrayContaining(['wallet', 'archive', 'logs']))
    const own = ownEndpoint('http://127.0.0.1:8545')
    expect(walletUrlOf([own], { isHoldingsOnly: false })).toBe(own.url)
  })
})
