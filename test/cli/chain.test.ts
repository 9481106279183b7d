import { describe, expect, test } from 'vitest'
import { DEMO_WALLETS, KEEPER } from '../../src/embedded/addresses.ts'
import { descendants, runCommand, startCommand, stillRunning } from './cli.ts'
import { rpc } from './direct.ts'

describe('chain', () => {
  test('default', async () => {
    const command = startCommand('chain', '--days', '30')
    const [, url = ''] = await command.says(/simulated values: (http:\S+)/)
    await command.says(/Ctrl-C/)
    expect(await rpc(url, 'eth_chainId')).toBe('0x7a69')
    const started = descendants(command.pid)
    expect(started.length).toBeGreaterThan(0)
    command.send('SIGINT')
    const { code, stdout } = await command.ended
    expect(code).toBe(0)
    for (const wallet of Object.values(DEMO_WALLETS)) expect(stdout).toContain(wallet)
    await expect.poll(() => stillRunning(started)).toEqual([])
  })

  test('error: EmbeddedChainEnded where the node dies', async () => {
    const command = startCommand('chain', '--days', '30')
    await command.says(/Ctrl-C/)
    for (const pid of descendants(command.pid)) process.kill(pid, 'SIGKILL')
    const { code, stderr } = await command.ended
    expect(code).toBe(3)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('error: EmbeddedChainEnded says why mining failed', async () => {
    const command = startCommand('chain', '--days', '30')
    const [, url = ''] = await command.says(/simulated values: (http:\S+)/)
    await command.says(/Ctrl-C/)
    // The keeper counts its runs there: the next block finds another number than the miner's.
    await rpc(url, 'anvil_setStorageAt', KEEPER, '0x0', `0x${'00'.repeat(32)}`)
    const { code, stderr } = await command.ended
    expect(code).toBe(3)
    expect(stderr).toMatch(/^The embedded chain stopped: .*its blocks: \d+ of \d+ failed/)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('error: BadInput and HistoryTooShort', async () => {
    for (const args of [['--days', 'many'], ['--days', '3'], ['--port', '70000'], ['now']])
      expect((await runCommand('chain', ...args)).code).toBe(2)
  })
})
