import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  AnvilDidNotStart,
  AnvilNotFound,
  findAnvil,
  PortTaken,
  startAnvil,
} from '../../src/embedded/anvil.ts'
import { createRpc, EmbeddedRpcFailed } from '../../src/embedded/rpc.ts'
import { startEmbeddedChain } from '../../src/embedded/start.ts'

const options = { port: 0, chainId: 31337, timestamp: 1_700_000_000n }

describe('findAnvil', () => {
  test('default', () => {
    const { command, viaNpx } = findAnvil({ PATH: '/nowhere' })
    expect(viaNpx || /anvil$/.test(command)).toBe(true)
  })

  test('behavior: ANVIL_PATH comes first', () => {
    expect(findAnvil({ ANVIL_PATH: process.execPath }).command).toBe(process.execPath)
  })

  test('error: AnvilNotFound', async () => {
    expect(() => findAnvil({ ANVIL_PATH: '/nowhere/anvil' })).toThrow(AnvilNotFound)
    const environment = { ANVIL_PATH: '/nowhere/anvil' }
    await expect(startEmbeddedChain({ days: 20, environment })).rejects.toThrow(AnvilNotFound)
  })
})

describe('startAnvil', () => {
  test('default', async () => {
    const anvil = await startAnvil(options)
    const rpc = createRpc(anvil.url)
    expect(await rpc('eth_blockNumber')).toBe('0x0')
    await expect(rpc('no_such_method')).rejects.toThrow(EmbeddedRpcFailed)
    await anvil.stop()
    expect(() => process.kill(anvil.pid, 0)).toThrow()
    await expect(rpc('eth_blockNumber')).rejects.toThrow(EmbeddedRpcFailed)
  })

  test('behavior: nothing listens for the end of this process once it is stopped', async () => {
    const before = process.listenerCount('exit') + process.listenerCount('SIGTERM')
    const anvil = await startAnvil(options)
    expect(process.listenerCount('exit') + process.listenerCount('SIGTERM')).toBe(before + 2)
    await anvil.stop()
    expect(process.listenerCount('exit') + process.listenerCount('SIGTERM')).toBe(before)
  })

  test('error: PortTaken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      await expect(startEmbeddedChain({ days: 20, port })).rejects.toThrow(PortTaken)
    } finally {
      server.close()
    }
  })

  test('error: AnvilDidNotStart', async () => {
    // Node does not know anvil's options and ends at once.
    const environment = { ANVIL_PATH: process.execPath }
    await expect(startAnvil({ ...options, environment })).rejects.toThrow(AnvilDidNotStart)
  })
})
