// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { LOCAL_PACE, PRIVACY_SOURCE, PUBLIC_ENDPOINTS, PUBLIC_PACE } from '../../src/chain/endpoints.ts'
import { WrongChain } from '../../src/chain/errors.ts'
import {
  isRefused,
  type LedgerEntry,
  privacySource,
  statedPace,
  useLedger,
  useSetAside,
  useStandings,
} from '../../src/queries/endpoints.ts'
import { SessionContext } from '../../src/queries/session.ts'
import { createWorld, OPERATOR } from '../views/support/world.ts'

afterEach(cleanup)

const entry = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: 1_790_000_000_000,
  operator: OPERATOR,
  url: 'http://test',
  method: 'eth_call',
  bytesOut: 100,
  bytesIn: 200,
  took: 30,
  outcome: 'answered',
  carriesAddress: false,
  ...change,
})

function Figures() {
  const ledger = useLedger()
  const standings = useStandings()
  return (
    <p>
      {ledger.map(({ method }) => method).join(' ')};{' '}
      {standings.map(({ endpoint, rungs }) => `${endpoint.operator} ${[...rungs.keys()]}`).join()}
    </p>
  )
}

describe('useLedger and useStandings', () => {
  test('default: they follow the requests', () => {
    const { session } = createWorld()
    render(
      <SessionContext value={session}>
        <Figures />
      </SessionContext>,
    )
    expect(screen.getByText(`; ${OPERATOR}`)).toBeDefined()
    act(() => session.client.ledger.add(entry()))
    expect(screen.getByText(`eth_call; ${OPERATOR}`)).toBeDefined()
    act(() => {
      session.client.standings[0]?.noteRung('head', true)
      session.client.ledger.add(entry({ method: 'eth_getLogs' }))
    })
    expect(screen.getByText(`eth_call eth_getLogs; ${OPERATOR} reachable,head`)).toBeDefined()
  })
})

describe('useSetAside', () => {
  test('default: why somebody is not asked any more, and no drawing for requests that change nothing of it', () => {
    const { session } = createWorld()
    let drawn = 0
    function Aside() {
      drawn += 1
      return <p>aside: {useSetAside().join()}</p>
    }
    render(
      <SessionContext value={session}>
        <Aside />
      </SessionContext>,
    )
    act(() => session.client.ledger.add(entry()))
    act(() => session.client.ledger.add(entry()))
    expect(drawn).toBe(1)
    const [standing] = session.client.standings
    if (standing === undefined) return expect.unreachable('nobody is in use')
    const lie = new WrongChain('is not mainnet', { operator: OPERATOR })
    act(() => {
      standing.noteFailure({ method: 'eth_call', role: 'head' }, lie)
      session.client.ledger.add(entry())
    })
    expect(screen.getByText(`aside: ${lie.message}`)).toBeDefined()
    expect(drawn).toBe(2)
  })
})

describe('isRefused', () => {
  test.each([
    ['answered', false],
    ['left', false],
    ['CallReverted', false],
    ['RateLimited', true],
    ['Unreachable', true],
    ['UnexpectedReply', true],
  ])('default: %s: %s', (outcome, expected) => {
    expect(isRefused(entry({ outcome }))).toBe(expected)
  })
})

describe('what is told of endpoints', () => {
  test('default: their stated pace, or that of public ones and of a node on this machine', () => {
    const [first] = PUBLIC_ENDPOINTS
    expect(first === undefined ? undefined : statedPace(first)).toEqual(first?.pace)
    const own = { operator: 'x', roles: [], privacy: 'own' } as const
    expect(statedPace({ ...own, url: 'https://x.example' })).toEqual(PUBLIC_PACE)
    expect(statedPace({ ...own, url: 'http://localhost:8545' })).toEqual(LOCAL_PACE)
  })

  test('default: where the labels of privacy come from', () => {
    expect(privacySource).toBe(PRIVACY_SOURCE)
  })
})
