import { toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOLDS_NONE, type WalletReport } from '../../src/cli/read/wallet.ts'
import type { OutlookReport } from '../../src/cli/read/walletOutlook.ts'
import type { ReplayReport } from '../../src/cli/read/walletReplay.ts'
import { OTHERS, PLACES } from '../../src/embedded/addresses.ts'
import { measuredBlock } from '../../src/embedded/schedule.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { buyCall, moveCall, sellCall } from '../../src/embedded/walletCalls.ts'
import type { WalletFile } from '../../src/format/walletFile.ts'
import { WALLET_NOTES } from '../../src/format/walletNotes.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { always, refuse, startFaultProxy } from '../support/faultProxy.ts'
import { parseCsv } from '../support/parseCsv.ts'
import { type Ended, runCommand, startCommand } from './cli.ts'
import { callAt, rateAt, rpc, TOKENS } from './direct.ts'

const [FIRST, SECOND] = [`0x${'1a'.repeat(20)}`, `0x${'2b'.repeat(20)}`] as const
const ETH = WAD
const day = (number: number, ...calls: readonly ReturnType<typeof buyCall>[]) => ({
  // The block that a day's oracles measure: no report lands in it.
  at: { block: measuredBlock(number) },
  calls,
})

let chain: EmbeddedChain
beforeAll(async () => {
  chain = await startEmbeddedChain({
    days: 40,
    live: false,
    wallets: [
      day(8, buyCall(PLACES.reth, FIRST, 4n * ETH)),
      day(12, moveCall(PLACES.reth, { from: FIRST, to: SECOND }, ETH)),
      day(20, sellCall(PLACES.reth, FIRST, 2n * ETH)),
      day(25, buyCall(PLACES.reth, SECOND, 3n * ETH)),
      day(26, moveCall(PLACES.reth, { from: SECOND, to: OTHERS }, ETH)),
    ],
  })
})
afterAll(() => chain.stop())

const read = (...args: string[]): Promise<Ended> =>
  runCommand('read', 'wallet', ...args, ...(args.includes('--rpc') ? [] : ['--rpc', chain.url]))

async function answered(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await read(...args)
  expect({
    code,
    stderr: stderr.replace(/^(?:Waiting for .* …|\d+ of \d+ samples|the past: .*)\n/gm, ''),
  }).toEqual({
    code: 0,
    stderr: '',
  })
  return stdout
}

type Whole = WalletReport & {
  readonly past: WalletFile | null
  readonly pastWhy: string | null
  readonly replay: ReplayReport | null
  readonly outlook: OutlookReport | null
  readonly exit: readonly { readonly symbol: string; readonly paidNowWei: string | null }[]
}

const balanceOf = async (account: string, block: bigint): Promise<bigint> =>
  BigInt(
    (await callAt(chain.url, block, {
      to: TOKENS.rETH,
      signature: 'balanceOf(address)',
      args: [account],
    })) ?? 0,
  )

/** What was earned with rETH by its definition: balance before each change of the rate times the change, in WeiWad. */
async function ledgerOf(accounts: readonly string[]): Promise<bigint> {
  let [sum, before, last] = [0n, 0n, 0n]
  for (let block = measuredBlock(7); block <= chain.headBlock; block += 1n) {
    const rate = BigInt((await rateAt(chain.url, block, 'rocket-pool')) ?? 0)
    sum += before * (rate - last)
    const balances = await Promise.all(accounts.map(account => balanceOf(account, block)))
    before = balances.reduce((all, balance) => all + balance, 0n)
    last = rate
  }
  return sum
}

describe('wallet', () => {
  test('default: holdings in one call', async () => {
    const proxy = await startFaultProxy(chain.url, () => undefined)
    try {
      const args = [FIRST, SECOND, '--holdings-only', '--json', '--rpc', proxy.url]
      const report: WalletReport = JSON.parse(await answered(...args))
      expect(proxy.count()).toBe(1)
      const both = (await balanceOf(FIRST, chain.headBlock)) + (await balanceOf(SECOND, chain.headBlock))
      expect(both).toBe(4n * ETH)
      expect(report.assets.find(({ symbol }) => symbol === 'rETH')?.balanceWei).toBe(both.toString())
      expect(report.balances.map(({ balanceWei }) => balanceWei)).toEqual([`${ETH}`, `${3n * ETH}`])
      const ether = BigInt(String(await rpc(chain.url, 'eth_getBalance', FIRST, 'latest')))
      expect(report.assets.find(({ symbol }) => symbol === 'ETH')?.balanceWei).toBe(ether.toString())
    } finally {
      await proxy.stop()
    }
  })

  test('default: what two accounts earned together is the ledger’s to the last digit', async () => {
    const whole: Whole = JSON.parse(await answered(`${FIRST},${SECOND}`, '--json', '--grid', '2'))
    const { past, replay } = whole
    expect(past).toMatchObject({ way: 'logs', doubts: { movesNotExact: 0, isOver: true } })
    const [own] = past?.assets ?? []
    const ledger = await ledgerOf([FIRST, SECOND])
    expect(ledger).toBeGreaterThan(0n)
    expect(own?.earned[0]).toMatchObject({ atLeastWeiWad: `${ledger}`, atMostWeiWad: `${ledger}` })
    // What moved between the two is nothing that came or went.
    expect(own?.lots.map(({ units }) => units)).toEqual([`${4n * ETH}`, `${3n * ETH}`])
    expect(own?.disposals.map(({ units }) => units)).toEqual([`${2n * ETH}`, `${ETH}`])
    const [realised, unrealised] = [own?.sums.realised.weiWad, own?.sums.unrealised.weiWad]
    expect(BigInt(realised ?? 0) + BigInt(unrealised ?? 0)).toBe(ledger)
    expect(BigInt(replay?.ownWei ?? 0) - BigInt(replay?.unstakedWei ?? 0)).toBe(ledger / WAD)
    const outlook = whole.outlook?.holdings.find(({ symbol }) => symbol === 'rETH')
    expect(outlook).toMatchObject({ apyWad: expect.stringMatching(/^\d+$/), why: null })
    expect(whole.exit).toMatchObject([{ symbol: 'rETH', paidNowWei: expect.stringMatching(/^\d+$/) }])
  })

  test('behavior: by balances it lies within what is said', async () => {
    const args = [FIRST, '--way', 'grid', '--grid', '16', '--json']
    const { past }: Whole = JSON.parse(await answered(...args))
    const [own] = past?.assets ?? []
    const [all] = own?.earned ?? []
    if (all === undefined || 'why' in all) throw new TypeError('Nothing was read.')
    const ledger = await ledgerOf([FIRST])
    expect(past?.way).toBe('grid')
    expect(BigInt(all.atLeastWeiWad)).toBeLessThanOrEqual(ledger)
    expect(BigInt(all.atMostWeiWad)).toBeGreaterThanOrEqual(ledger)
  })

  test('behavior: CSV has what came and went, with its blocks', async () => {
    const text = await read(FIRST, '--csv', '--grid', '2', '--lots', 'average')
    const [header = [], ...rows] = parseCsv(text.stdout)
    const cell = (row: readonly string[], heading: string) => row[header.indexOf(heading)]
    expect(rows.map(row => [cell(row, 'kind'), cell(row, 'amount'), cell(row, 'block to')])).toEqual([
      ['acquisition', '4', `${measuredBlock(8)}`],
      ['disposal', '1', `${measuredBlock(12)}`],
      ['disposal', '2', `${measuredBlock(20)}`],
    ])
    expect(cell(rows[1] ?? [], 'counterpart')).toBe(SECOND)
    const logs = await rpc(chain.url, 'eth_getTransactionReceipt', cell(rows[0] ?? [], 'transaction'))
    expect(logs).toMatchObject({ blockNumber: toHex(measuredBlock(8)) })
    // How sure it is has no place in the table.
    expect({ code: text.code, said: text.stderr }).toMatchObject({
      code: 0,
      said: expect.stringContaining('exact to the wei'),
    })
  })

  test('behavior: the text has every part, and what it is not', async () => {
    const text = await answered(FIRST, '--grid', '2')
    for (const part of [
      'a projection',
      'Earned, in ETH',
      'Lots by first in, first out',
      'Exit today',
      'no staking',
    ])
      expect(text).toContain(part)
    expect(text).toContain(WALLET_NOTES[0])
    expect(text).toContain('From transfer logs and archive state: exact to the wei.')
  })

  test('behavior: an account without anything has zeros and is no error', async () => {
    const { nothing } = chain.demoWallets
    const whole: Whole = JSON.parse(await answered(nothing, '--json', '--grid', '2'))
    expect(whole.assets.every(({ balanceWei, why }) => balanceWei === '0' && why === null)).toBe(true)
    expect(whole).toMatchObject({ totalWei: '0', note: HOLDS_NONE, replay: null, past: { assets: [] } })
  })

  test('behavior: the contract of a token is said to be one', async () => {
    const { accounts }: Whole = JSON.parse(await answered(TOKENS.rETH, '--json', '--grid', '2'))
    expect(accounts[0]?.note).toContain('the contract of rETH itself')
  })

  test('error: NameNotFound and NameOffChain are mistakes of the line, each with its sentence', async () => {
    const unknown = await read('nobody.eth')
    expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('nobody.eth') })
    const far = await read('far.glass.eth')
    expect(far).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--ask-host') })
    expect(far.stderr.trim().split('\n')).toHaveLength(1)
  })

  test('error: ArchiveUnavailable leaves the holdings, and says what is missing', async () => {
    const refusal = refuse(200, { code: -32_000, message: 'missing trie node' })
    const proxy = await startFaultProxy(chain.url, ({ method, params }) =>
      (method === 'eth_call' || method === 'eth_getCode') && params[1] !== 'latest' ? refusal : undefined,
    )
    try {
      const { code, stdout, stderr } = await read(FIRST, '--json', '--grid', '2', '--rpc', proxy.url)
      const whole: Whole = JSON.parse(stdout)
      expect(code).toBe(3)
      expect(whole.assets.find(({ symbol }) => symbol === 'rETH')?.balanceWei).toBe(`${ETH}`)
      expect(whole).toMatchObject({ past: null, replay: null, pastWhy: expect.stringMatching(/\w/) })
      expect(stderr).toContain(whole.pastWhy)
    } finally {
      await proxy.stop()
    }
  })

  test('error: TransfersNotSearched where logs were asked for in any case', async () => {
    const refusal = refuse(200, { code: -32_601, message: 'the method eth_getLogs does not exist' })
    const proxy = await startFaultProxy(chain.url, always(refusal, 'eth_getLogs'))
    try {
      const rest = ['--json', '--grid', '2', '--rpc', proxy.url]
      const asked = await read(FIRST, '--way', 'logs', ...rest)
      expect(asked).toMatchObject({ code: 3, stderr: expect.stringContaining('could not be searched') })
      const whole: Whole = JSON.parse(asked.stdout)
      expect(whole.past).toMatchObject({ way: 'grid', doubts: { whyNoLogs: expect.stringMatching(/\w/) } })
      expect(await read(FIRST, ...rest)).toMatchObject({ code: 0 })
    } finally {
      await proxy.stop()
    }
  })

  test('behavior: Ctrl-C prints what is known by then, and that it is not all', async () => {
    let seen = 0
    let tell = (): void => undefined
    const isSlow = new Promise<void>(resolve => {
      tell = resolve
    })
    const proxy = await startFaultProxy(chain.url, ({ params }) => {
      // What names the account is about its holdings, and then about their past.
      if (JSON.stringify(params).includes(FIRST.slice(2))) seen += 1
      if (seen < 12) return undefined
      tell()
      return { kind: 'hang' }
    })
    try {
      const args = [FIRST, '--way', 'grid', '--grid', '2', '--json', '--rpc', proxy.url]
      const command = startCommand('read', 'wallet', ...args)
      await isSlow
      command.send('SIGINT')
      const { code, stdout, stderr } = await command.ended
      const { past }: Whole = JSON.parse(stdout)
      expect({ code, isOver: past?.doubts.isOver }).toEqual({ code: 130, isOver: false })
      expect(stderr).toMatch(/^Stopped after the past: \d+ answers/m)
    } finally {
      await proxy.stop()
    }
  })
})
