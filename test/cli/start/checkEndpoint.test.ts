import { afterEach, describe, expect, test } from 'vitest'
import { type Endpoint, InvalidEndpoint } from '../../../src/chain/endpoints.ts'
import { UnexpectedReply, Unreachable, WrongChain } from '../../../src/chain/errors.ts'
import { checkOwnEndpoint, findPublicEndpoint } from '../../../src/cli/start/checkEndpoint.ts'
import { type FakeEndpoint, startAnswering, startFakeNode, startHangingUp, startListening } from '../cli.ts'

const running: FakeEndpoint[] = []
const started = async (starting: Promise<FakeEndpoint>): Promise<string> => {
  const endpoint = await starting
  running.push(endpoint)
  return endpoint.url
}
afterEach(async () => {
  for (const { stop } of running.splice(0)) await stop()
})

const HEADER = { number: '0x10', timestamp: '0x65000000', hash: `0x${'11'.repeat(32)}` }
const node = (chainId: string) => startFakeNode(({ method }) => (method === 'eth_chainId' ? chainId : HEADER))
const never = new AbortController().signal

describe('checkOwnEndpoint', () => {
  test('default', async () => {
    expect(await checkOwnEndpoint(await started(node('0x1')), never)).toBe(1n)
    expect(await checkOwnEndpoint(await started(node('0x7a69')), never)).toBe(31_337n)
  })

  test('error: WrongChain', async () => {
    await expect(checkOwnEndpoint(await started(node('0x5')), never)).rejects.toThrow(WrongChain)
  })

  test('error: UnexpectedReply', async () => {
    const answers = [
      node('0x'),
      startAnswering('<html></html>'),
      startAnswering('{"result":'),
      startAnswering(''),
    ]
    for (const answer of answers)
      await expect(checkOwnEndpoint(await started(answer), never)).rejects.toThrow(UnexpectedReply)
    const headless = startFakeNode(({ method }) => (method === 'eth_chainId' ? '0x1' : null))
    await expect(checkOwnEndpoint(await started(headless), never)).rejects.toThrow(UnexpectedReply)
  })

  test('error: Unreachable', async () => {
    await expect(checkOwnEndpoint(await started(startHangingUp()), never)).rejects.toThrow(Unreachable)
  })

  test('error: InvalidEndpoint', async () => {
    for (const url of ['node', 'http://node.example', 'http://[::1]:8545'])
      await expect(checkOwnEndpoint(url, never)).rejects.toThrow(InvalidEndpoint)
  })
})

describe('findPublicEndpoint', () => {
  const endpoint = (url: string, operator: string, role: 'head' | 'archive' = 'head'): Endpoint => ({
    url,
    operator,
    roles: [role],
    privacy: 'none',
  })

  test('default', async () => {
    const endpoints = [
      endpoint(await started(startHangingUp()), 'away'),
      endpoint(await started(node('0x5')), 'elsewhere'),
      endpoint(await started(node('0x1')), 'good'),
    ]
    expect(await findPublicEndpoint(endpoints, 4_000, never)).toBe('good')
  })

  test('behavior: none where each fails, or serves no head', async () => {
    const endpoints = [
      endpoint(await started(startHangingUp()), 'away'),
      endpoint(await started(node('0x1')), 'archive', 'archive'),
    ]
    expect(await findPublicEndpoint(endpoints, 4_000, never)).toBeUndefined()
  })

  test('behavior: silence is waited for no longer than the limit', async () => {
    const endpoints = [endpoint(await started(startListening(() => undefined)), 'silent')]
    const startedAt = Date.now()
    expect(await findPublicEndpoint(endpoints, 200, never)).toBeUndefined()
    expect(Date.now() - startedAt).toBeLessThan(3_000)
  })

  test('error: AbortError', async () => {
    const endpoints = [endpoint(await started(startListening(() => undefined)), 'silent')]
    await expect(findPublicEndpoint(endpoints, 4_000, AbortSignal.timeout(100))).rejects.toThrow(DOMException)
  })
})
