import { afterEach, describe, expect, test } from 'vitest'
import { PAGE_CONFIG_NAME, type PageConfig } from '../../src/cli/pageConfig.ts'
import { DEMO_WALLETS } from '../../src/embedded/addresses.ts'
import {
  descendants,
  type FakeEndpoint,
  type Running,
  startCommand,
  startFakeNode,
  stillRunning,
} from './cli.ts'
import { rpc } from './direct.ts'

/** A first build of the page is among it. */
const LIMIT = 60_000

const commands: Running[] = []
const nodes: FakeEndpoint[] = []
const start = (...args: string[]): Running => {
  const command = startCommand('start', ...args)
  commands.push(command)
  return command
}
afterEach(async () => {
  for (const command of commands.splice(0)) {
    command.send('SIGTERM')
    await command.ended
  }
  for (const { stop } of nodes.splice(0)) await stop()
})

async function pageConfigAt(url: string): Promise<PageConfig> {
  const html = await (await fetch(url)).text()
  const content = new RegExp(`<meta name="${PAGE_CONFIG_NAME}" content="([^"]*)"`).exec(html)?.[1] ?? ''
  return JSON.parse(content.replaceAll('&quot;', '"'))
}

const PAGE = /^Page: +(http:\/\/127\.0\.0\.1:\d+\/)$/m

describe('start', () => {
  test('default', { timeout: LIMIT }, async () => {
    const command = start('--embedded')
    const [, page = ''] = await command.says(PAGE)
    expect(await command.says(/embedded chain, simulated values/)).toHaveLength(1)
    const config = await pageConfigAt(page)
    expect(config).toEqual({
      chain: 'embedded',
      rpc: [expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)],
      grid: '2',
      exampleWallet: DEMO_WALLETS.everything,
    })
    const [node = ''] = config.rpc ?? []
    expect(await rpc(node, 'eth_chainId')).toBe('0x7a69')
    const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(await (await fetch(page)).text())?.[1]
    expect((await fetch(`${page}${script}`)).status).toBe(200)
    expect((await fetch(`${page}no/such/page`)).status).toBe(404)

    const started = descendants(command.pid)
    expect(started.length).toBeGreaterThan(0)
    command.send('SIGINT')
    expect((await command.ended).code).toBe(0)
    await expect.poll(() => stillRunning(started)).toEqual([])
    await expect(fetch(page)).rejects.toThrow(TypeError)
    await expect(rpc(node, 'eth_chainId')).rejects.toThrow(TypeError)
  })

  test('behavior: SIGTERM ends everything too', { timeout: LIMIT }, async () => {
    const command = start('--embedded', '--port', '0')
    await command.says(PAGE)
    const started = descendants(command.pid)
    expect(started.length).toBeGreaterThan(0)
    command.send('SIGTERM')
    expect((await command.ended).code).toBe(143)
    await expect.poll(() => stillRunning(started)).toEqual([])
  })

  test('behavior: an own node is told to the page as it is', { timeout: LIMIT }, async () => {
    const header = { number: '0x10', timestamp: '0x65000000', hash: `0x${'11'.repeat(32)}` }
    const node = await startFakeNode(({ method }) => (method === 'eth_chainId' ? '0x7a69' : header))
    nodes.push(node)
    const [, page = ''] = await start('--rpc', node.url, '--grid', '25', '--port', '0').says(PAGE)
    expect(await pageConfigAt(page)).toEqual({ chain: 'local', rpc: [node.url], grid: '25' })
  })

  test('behavior: mainnet leaves the endpoints to the page', { timeout: LIMIT }, async () => {
    const [, page = ''] = await start('--mainnet', '--port', '0').says(PAGE)
    expect(await pageConfigAt(page)).toEqual({ chain: 'mainnet', grid: '7200' })
  })
})
