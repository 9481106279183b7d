import { describe, expect, test } from 'vitest'
import { ownEndpoint } from '../../src/chain/endpoints.ts'
import {
  checkEndpoint,
  knownLogs,
  mixedContentNote,
  noteSteps,
  parseOwnEndpoint,
  type Step,
} from '../../src/queries/checkEndpoint.ts'
import type { Session } from '../../src/queries/session.ts'
import { clientOf, endpointAt, testChain } from '../support/chain.ts'
import { refuse } from '../support/faultProxy.ts'
import { createWorld } from '../views/support/world.ts'

const running = testChain()

const sessionOf = (...urls: readonly string[]): Session => ({
  ...createWorld().session,
  client: clientOf(...urls),
})

async function climb(session: Session, url: string): Promise<Step[]> {
  const steps: Step[] = []
  for await (const step of checkEndpoint(session, endpointAt(url), new AbortController().signal)) {
    steps.push(step)
  }
  return steps
}

describe('checkEndpoint', () => {
  test('default: what it finds on a local chain counts for the visit, and so do its requests', async () => {
    const proxy = await running.proxy()
    const session = sessionOf(proxy.url)
    const [standing] = session.client.standings
    expect([...(standing?.rungs ?? [])]).toEqual([])
    const steps = await climb(session, proxy.url)
    expect(steps.map(({ rung, isPassed }) => [rung, isPassed])).toEqual([
      ['chain', true],
      ['head', true],
      ['archive', true],
      ['logs', true],
    ])
    expect(Object.fromEntries(standing?.rungs ?? [])).toEqual({
      reachable: true,
      chain: true,
      head: true,
      archive: true,
      logs: true,
    })
    expect(session.client.ledger.entries()).toHaveLength(proxy.requests.length)
  })

  test('behavior: what it finds of one counts for no other, and of one that is off for none', async () => {
    const [used, off] = [await running.proxy(), await running.proxy()]
    const session = sessionOf(used.url)
    await climb(session, off.url)
    expect(session.client.standings.map(({ rungs }) => rungs.size)).toEqual([0])
    expect(used.requests).toHaveLength(0)
  })

  test('behavior: a step that fails later takes back what was shown before', async () => {
    const refusing = refuse(200, { code: -32_601, message: 'method not found' })
    const proxy = await running.proxy()
    const session = sessionOf(proxy.url)
    await climb(session, proxy.url)
    proxy.imitate(({ method }) => (method === 'eth_getLogs' ? refusing : undefined))
    await climb(session, proxy.url)
    expect(session.client.standings[0]?.rungs.get('logs')).toBe(false)
    expect(session.client.standings[0]?.rungs.get('archive')).toBe(true)
  })
})

describe('noteSteps', () => {
  test('default: whoever fails at a later step was reached', () => {
    const session = sessionOf('http://127.0.0.1:1', 'http://127.0.0.1:2')
    noteSteps(session, 'http://127.0.0.1:2', [{ rung: 'chain', isPassed: false, finding: '' }])
    expect(session.client.standings.map(({ rungs }) => Object.fromEntries(rungs))).toEqual([
      {},
      { reachable: true, chain: false },
    ])
    noteSteps(session, 'http://127.0.0.1:1', [{ rung: 'reachable', isPassed: false, finding: '' }])
    expect(session.client.standings[0]?.rungs.get('reachable')).toBe(false)
  })
})

describe('knownLogs', () => {
  test('default: on mainnet, and a fork of it, a report whose time is known, in a narrow range', () => {
    const { from, to, addresses, topics } = knownLogs(26_000_000n)
    // Measured at block 20,123,856, it landed 67 slots later: with none missed, 67 blocks.
    expect(from).toBeLessThanOrEqual(20_123_856n)
    expect(to).toBeGreaterThanOrEqual(20_123_856n + 67n)
    expect(to - from).toBeLessThan(100n)
    expect(addresses).toHaveLength(4)
    expect(topics).toHaveLength(2)
  })

  test('behavior: on a young chain its first blocks, as far as there are any', () => {
    expect(knownLogs(5_000n)).toMatchObject({ from: 0n, to: 1_000n })
    expect(knownLogs(150n)).toMatchObject({ from: 0n, to: 150n })
  })
})

describe('parseOwnEndpoint', () => {
  test('default: an own node, which may be asked everything', () => {
    expect(parseOwnEndpoint('  http://127.0.0.1:8545 ')).toEqual({
      endpoint: {
        url: 'http://127.0.0.1:8545',
        operator: '127.0.0.1:8545',
        roles: ['head', 'archive', 'logs', 'wallet'],
        privacy: 'own',
      },
    })
  })

  test.each([
    ['', /is not a URL/],
    ['localhost', /is not a URL/],
    ['javascript:alert(1)', /javascript:/],
    ['ftp://127.0.0.1', /ftp:/],
    ['https://me:secret@example.org', /name and password/],
    ['http://example.org', /not encrypted/],
    ['http://192.168.1.5:8545', /not encrypted/],
    ['http://[::1]:8545', /instead of \[::1\]/],
    ['https://[::1]:8545', /instead of \[::1\]/],
  ])('error: InvalidEndpoint, said in a sentence, for %j', (text, sentence) => {
    const parsed = parseOwnEndpoint(text)
    expect(parsed).toEqual({ problem: expect.stringMatching(sentence) })
  })
})

describe('mixedContentNote', () => {
  test.each([
    ['http://127.0.0.1:8545', 'https:', true],
    ['http://localhost:8545', 'https:', true],
    ['http://127.0.0.1:8545', 'http:', false],
    ['https://example.org', 'https:', false],
  ])('default: %s on a page of %s: %s', (url, protocol, isTold) => {
    expect(mixedContentNote(ownEndpoint(url), protocol) !== undefined).toBe(isTold)
  })
})
