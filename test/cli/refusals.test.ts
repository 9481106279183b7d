import { decodeFunctionData, encodeFunctionResult, type Hex, parseAbi, toHex } from 'viem'
import { afterEach, describe, expect, test } from 'vitest'
import { verdictOf } from '../../src/cli/common/errors.ts'
import type { RatesReport } from '../../src/cli/read/rates.ts'
import { InvalidWallet, parseWallet } from '../../src/pools/account.ts'
import { pools as definitions } from '../../src/pools/index.ts'
import {
  type FakeEndpoint,
  type RpcMessage,
  runCommand,
  startAnswering,
  startCommand,
  startFakeNode,
  startHangingUp,
  startListening,
} from './cli.ts'

const running: FakeEndpoint[] = []
const started = async (starting: Promise<FakeEndpoint>): Promise<string> => {
  const endpoint = await starting
  running.push(endpoint)
  return endpoint.url
}
afterEach(async () => {
  for (const { stop } of running.splice(0)) await stop()
})

const multicall = parseAbi([
  'function aggregate3((address target, bool allowFailure, bytes callData)[] calls) payable returns ((bool success, bytes returnData)[] returnData)',
])

/** A node of a local chain whose contracts refuse every call but the first `answered`. */
const refusingNode = (answered: number) =>
  startFakeNode(({ method, params }: RpcMessage) => {
    if (method !== 'eth_call') return '0x7a69'
    const [{ data }] = params as [{ data: Hex }]
    const [calls] = decodeFunctionData({ abi: multicall, data }).args
    const word = (index: number): Hex =>
      toHex([100n, 1_700_000_000n, 31_337n][index] ?? 11n * 10n ** 17n, { size: 32 })
    return encodeFunctionResult({
      abi: multicall,
      functionName: 'aggregate3',
      result: calls.map((_, index) =>
        index < answered
          ? { success: true, returnData: word(index) }
          : { success: false, returnData: '0x' as const },
      ),
    })
  })

const CHAIN_FIVE = () => startFakeNode(() => '0x5')
const HTML = () => startAnswering('<!doctype html><title>Hello</title>')
const HALF = () => startAnswering('{"jsonrpc":"2.0","id":1,"result":"0x')

const CANNOT_SERVE: [string, () => Promise<FakeEndpoint>][] = [
  ['another chain', CHAIN_FIVE],
  ['a web page', HTML],
  ['half an answer', HALF],
  ['nothing', startHangingUp],
]

describe('read', () => {
  test.each(CANNOT_SERVE)('error: ChainError for an endpoint that answers %s', async (_, endpoint) => {
    const url = await started(endpoint())
    const { code, stdout, stderr } = await runCommand('read', 'rates', '--rpc', url)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(new URL(url).host)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('error: Unreachable for a URL where nobody listens', async () => {
    const { url, stop } = await startAnswering('')
    await stop()
    const { code, stderr } = await runCommand('read', 'rates', '--rpc', url)
    expect(code).toBe(3)
    expect(stderr).toContain(new URL(url).host)
  })

  test('error: Unreachable for an endpoint that never answers', async () => {
    const url = await started(startListening(() => undefined))
    const { code, stderr } = await runCommand('read', 'rates', '--rpc', url)
    expect(code).toBe(3)
    // Somebody who waits is told for what, then how it ended.
    expect(stderr.trim().split('\n')).toHaveLength(2)
  })

  test('error: NothingRead where no pool could be read, each with its reason', async () => {
    const url = await started(refusingNode(3))
    const { code, stdout } = await runCommand('read', 'rates', '--json', '--rpc', url)
    const { pools }: RatesReport = JSON.parse(stdout)
    expect(code).toBe(3)
    expect(pools.every(({ rateWad, why }) => rateWad === null && why !== null)).toBe(true)
  })

  test('behavior: one pool that can be read is an answer, the others are null beside why', async () => {
    const url = await started(refusingNode(6))
    const { code, stdout } = await runCommand('read', 'rates', '--json', '--rpc', url)
    const { pools, etherPrice }: RatesReport = JSON.parse(stdout)
    expect(code).toBe(0)
    const [first, ...others] = pools
    expect(first).toMatchObject({ rateWad: '1100000000000000000', why: null })
    expect(others).toHaveLength(definitions.length - 1)
    for (const { token, rateWad, supplyWei, premiumWad, premiumWhy, why } of others) {
      expect([rateWad, supplyWei, premiumWad]).toEqual([null, null, null])
      expect(why).toMatch(/\w/)
      // A pool without a token has one reason for all that it lacks.
      if (token === null) expect(premiumWhy).toBe(why)
      else expect(premiumWhy).toMatch(/\w/)
    }
    expect(etherPrice).toMatchObject({ usdPerEthWad: null, why: expect.stringMatching(/\w/) })
  })

  test('error: InvalidWallet', async () => {
    const wrongChecksum = '0xae78736Cd615f374D3085123A210448E74Fc6394'
    for (const wallet of [wrongChecksum, '0x1234', 'vitalik', `${wrongChecksum},0x12`]) {
      const { code, stdout, stderr } = await runCommand('read', 'wallet', wallet)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(() => parseWallet(wallet)).toThrow(InvalidWallet)
      expect(stderr.trim()).toBe(messageOf(() => parseWallet(wallet)))
    }
  })

  test('error: BadInput', async () => {
    const mistakes = [['rates', '--colour'], ['prices'], ['history', '--range', 'long']]
    for (const args of mistakes) {
      const { code, stdout, stderr } = await runCommand('read', ...args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
  })

  test('behavior: Ctrl-C stops at once while an answer is awaited', async () => {
    let asked = (): void => undefined
    const isAsked = new Promise<void>(resolve => {
      asked = resolve
    })
    const url = await started(startListening(() => asked()))
    const command = startCommand('read', 'rates', '--rpc', url)
    await isAsked
    const sentAt = Date.now()
    command.send('SIGINT')
    const { code, stdout } = await command.ended
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(Date.now() - sentAt).toBeLessThan(3_000)
  })

  test('behavior: --help is an answer', async () => {
    const { code, stdout } = await runCommand('read', '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('--rpc URL')
  })
})

function messageOf(fail: () => unknown): string {
  try {
    fail()
    return ''
  } catch (error) {
    return verdictOf(error).message
  }
}

describe('start', () => {
  test.each(CANNOT_SERVE)('error: ChainError for an endpoint that answers %s', async (_, endpoint) => {
    const url = await started(endpoint())
    const { code, stdout, stderr } = await runCommand('start', '--rpc', url)
    expect(code).toBe(3)
    expect(stdout).not.toContain('Page:')
    expect(stderr).toContain(new URL(url).host)
  })

  test('error: BadInput, InvalidEndpoint and PortTaken', async () => {
    const url = await started(startAnswering(''))
    const { port } = new URL(url)
    const mistakes = [['--colour'], ['--embedded', '--mainnet'], ['--rpc', 'ftp://x'], ['--port', port]]
    for (const args of mistakes) {
      const { code, stdout, stderr } = await runCommand('start', ...args)
      expect(code).toBe(2)
      expect(stdout).not.toContain('Page:')
      expect(stderr.trim()).not.toBe('')
    }
  })
})
