import { describe, expect, test } from 'vitest'
import { MAINNET, type Network } from '../../src/chain/client.ts'
import { climbLadder, type KnownLogs, type Step } from '../../src/chain/climbLadder.ts'
import { createLedger, type Ledger } from '../../src/chain/ledger.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { endpointAt, LOCAL, testChain } from '../support/chain.ts'
import { always, type FaultPolicy, refuse } from '../support/faultProxy.ts'
import { hangs, webPage, wrongChain } from '../support/faults.ts'

const running = testChain()

const REPORTS: KnownLogs = {
  addresses: rocketPool.reports.flatMap(({ addresses }) => addresses),
  topics: rocketPool.reports.map(({ topic }) => topic),
  from: 0n,
  to: 100n,
}

type Options = {
  readonly policy?: FaultPolicy | undefined
  readonly network?: Network
  readonly known?: KnownLogs
  readonly ledger?: Ledger
}

async function climb({ policy, network = LOCAL, known = REPORTS, ledger = createLedger() }: Options = {}) {
  const proxy = await running.proxy(policy)
  const signal = new AbortController().signal
  const heads: bigint[] = []
  const knownLogs = (head: bigint): KnownLogs => {
    heads.push(head)
    return known
  }
  const steps: Step[] = []
  for await (const step of climbLadder(endpointAt(proxy.url), { network, knownLogs, ledger, signal }))
    steps.push(step)
  return { steps, proxy, heads, marks: steps.map(({ rung, isPassed }) => `${rung} ${isPassed}`) }
}

const only =
  (method: string, policy: FaultPolicy): FaultPolicy =>
  (request, node) =>
    request.method === method ? policy(request, node) : undefined

describe('climbLadder', () => {
  test('default: one request a step, and what each found', async () => {
    const ledger = createLedger()
    const { steps, marks, proxy, heads } = await climb({ ledger })
    expect(marks).toEqual(['chain true', 'head true', 'archive true', 'logs true'])
    expect(steps.map(({ finding }) => finding)).toEqual([
      'Serves chain 31337.',
      expect.stringMatching(`^Newest block ${running.chain.headBlock}, \\d+ s old\\.$`),
      'Keeps state back to block 1.',
      expect.stringMatching(/^Gave [1-9]\d* known logs\.$/),
    ])
    expect(heads).toEqual([running.chain.headBlock])
    expect(proxy.requests.slice(0, 2).map(({ method }) => method)).toEqual([
      'eth_chainId',
      'eth_getBlockByNumber',
    ])
    expect(proxy.count('eth_getLogs')).toBe(1)
    expect(ledger.entries().map(({ method, outcome }) => [method, outcome])).toEqual(
      proxy.requests.map(({ method }) => [method, 'answered']),
    )
    expect(ledger.entries().some(({ carriesAddress }) => carriesAddress)).toBe(false)
  })

  test('error: WrongChain ends it', async () => {
    const { marks, steps, proxy } = await climb({ policy: wrongChain() })
    expect(marks).toEqual(['chain false'])
    expect(steps[0]?.finding).toContain('chain 5')
    expect(proxy.requests).toHaveLength(1)
  })

  test('error: WrongChain where nothing but mainnet is accepted', async () => {
    const { marks } = await climb({ network: MAINNET })
    expect(marks).toEqual(['chain false'])
  })

  test('error: Unreachable is a matter of reaching it, and ends it', async () => {
    const { marks, proxy } = await climb({ policy: always({ kind: 'reset' }) })
    expect(marks).toEqual(['reachable false'])
    expect(proxy.count('eth_getBlockByNumber')).toBe(0)
  })

  test('error: MethodUnavailable of the chain id: whoever refuses was reached', async () => {
    const { marks } = await climb({
      policy: always(refuse(200, { code: -32_601, message: 'method not found' })),
    })
    expect(marks).toEqual(['chain false'])
  })

  test('error: UnexpectedReply for a web page', async () => {
    const { marks } = await climb({ policy: webPage() })
    expect(marks).toHaveLength(1)
    expect(marks[0]).toMatch(/false$/)
  })

  test('error: StaleHead where the chain has a clock, and nothing beyond it is tried', async () => {
    const { marks, steps } = await climb({ network: { ...LOCAL, mostHeadAge: 60n } })
    expect(marks).toEqual(['chain true', 'head false'])
    expect(steps[1]?.finding).toContain('does not follow the chain')
  })

  test('behavior: a refusal at the head ends it', async () => {
    const policy = only('eth_getBlockByNumber', always({ kind: 'reply', status: 429, body: '' }))
    const { marks } = await climb({ policy })
    expect(marks).toEqual(['chain true', 'head false'])
  })

  test('error: ArchiveUnavailable does not keep the logs from being tried', async () => {
    const gone = refuse(200, { code: -32_000, message: 'missing trie node 0xabc' })
    const policy: FaultPolicy = ({ method }) =>
      method === 'eth_call' || method === 'eth_getBalance' ? gone : undefined
    const { marks } = await climb({ policy })
    expect(marks.slice(0, 3)).toEqual(['chain true', 'head true', 'archive false'])
    expect(marks[3]).toBe('logs true')
  })

  test('behavior: a chain too short to be old is no failure', async () => {
    const change = (result: unknown): unknown => ({ ...(result as object), number: '0x40' })
    const { steps } = await climb({
      policy: only('eth_getBlockByNumber', always({ kind: 'result', change })),
    })
    expect(steps[2]).toEqual({
      rung: 'archive',
      isPassed: true,
      finding: 'The chain is too short to tell.',
    })
  })

  test('error: UnexpectedReply for no logs where there are some', async () => {
    const { marks } = await climb({
      policy: only('eth_getLogs', always({ kind: 'result', change: () => [] })),
    })
    expect(marks.at(-1)).toBe('logs false')
    const nothing = await climb({ known: { ...REPORTS, topics: [`0x${'12'.repeat(32)}`] } })
    expect(nothing.marks.at(-1)).toBe('logs false')
  })

  test('behavior: an abort stays an abort and sends nothing more', async () => {
    const proxy = await running.proxy(hangs())
    const controller = new AbortController()
    const ladder = climbLadder(endpointAt(proxy.url), {
      network: LOCAL,
      knownLogs: () => REPORTS,
      ledger: createLedger(),
      signal: controller.signal,
    })
    const first = ladder.next()
    const reason = new DOMException('closed', 'AbortError')
    setTimeout(() => controller.abort(reason), 50)
    await expect(first).rejects.toBe(reason)
    expect(await ladder.next()).toEqual({ done: true, value: undefined })
  })
})
