import { afterEach, expect, test } from 'vitest'
import { type CountingProxy, startCountingProxy } from '../../../src/cli/bench/countingProxy.ts'
import { type FakeEndpoint, startAnswering } from '../cli.ts'

let proxy: CountingProxy
let node: FakeEndpoint
afterEach(async () => {
  await proxy.stop()
  await node.stop()
})

const post = async (...methods: string[]): Promise<string> => {
  const calls = methods.map((method, id) => ({ jsonrpc: '2.0', id, method, params: [] }))
  const body = JSON.stringify(calls.length === 1 ? calls[0] : calls)
  return (await fetch(proxy.url, { method: 'POST', body })).text()
}

test('default', async () => {
  node = await startAnswering('{"result":"0x"}')
  proxy = await startCountingProxy(node.url)
  expect(await post('eth_call')).toBe('{"result":"0x"}')
  await post('eth_chainId')
  await post('eth_call', 'eth_call', 'eth_getBlockByNumber')
  expect(proxy.take()).toEqual({ requests: 3, ethCalls: 3, otherCalls: 2, bytesIn: 45 })
  expect(proxy.take()).toEqual({ requests: 0, ethCalls: 0, otherCalls: 0, bytesIn: 0 })
})
