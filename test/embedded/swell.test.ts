import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { compileContracts } from '../../src/embedded/compile.ts'
import { WAD } from '../../src/embedded/line.ts'
import { distance, readArgs, SharedChain } from './sharedChain.ts'

const SWETH = '0xf951E335afb289353dc249e82926178EaC7DEd78'
const RSWETH = '0xFAe103DC9cf190eD75350761e95403b7b8aFa6c0'
const TOPIC = '0xf0e4379b3fd6b436bf73f47761c746a33d02bbd47835cbd8050b130fb2c6db2e'
const REPRICE = parseAbi([
  'event Reprice(uint256 newEthReserves, uint256 newSwETHToETHRate, uint256 nodeOperatorRewards, uint256 swellTreasuryRewards, uint256 totalETHDeposited)',
])

const shared = new SharedChain(16)
const word = (token: `0x${string}`, selector: `0x${string}`, block: bigint | 'latest' = 'latest') =>
  shared.reading.word(token, selector, [], block)

describe('swETH', () => {
  test('default: each reprice tells the rate in its second field', async () => {
    const logs = await shared.reading.logs(SWETH, TOPIC)
    expect(logs.map(({ blockNumber }) => blockNumber)).toEqual(shared.chain.landmarks.dayBlocks)
    for (const [day, args] of readArgs(REPRICE, logs).entries()) {
      if (day % 6 !== 5) continue
      const block = shared.blockOf(day)
      expect(args['newSwETHToETHRate']).toBe(await word(SWETH, '0xd68b2cb6', block))
      expect(args['newSwETHToETHRate']).toBe(await word(SWETH, '0x679aefce', block))
      expect(args['newEthReserves']).toBe(await word(SWETH, '0xd19dea65', block))
      expect(args['totalETHDeposited']).toBe(await word(SWETH, '0x7b2c9070', block))
      expect(await word(SWETH, '0xfbda759b', block)).toBe(await shared.reading.time(block))
    }
  })

  test('behavior: operators and treasury each get a twentieth of the rewards', async () => {
    const args = readArgs(REPRICE, await shared.reading.logs(SWETH, TOPIC))[20]
    const supply = await word(SWETH, '0x18160ddd', shared.blockOf(20))
    const { rateOn } = shared.course('swell')
    const holders = (supply * (rateOn(20) - rateOn(19))) / WAD
    expect(args?.['nodeOperatorRewards']).toBe(args?.['swellTreasuryRewards'])
    expect(distance(BigInt(args?.['nodeOperatorRewards'] ?? 0n) * 18n, holders)).toBeLessThan(1_000n)
    expect(await word(SWETH, '0x0f010466')).toBe(WAD / 20n)
    expect(await word(SWETH, '0x16b716d9')).toBe(WAD / 20n)
  })

  test('behavior: the other direction is the inverse', async () => {
    expect(await word(SWETH, '0x0de3ff57')).toBe((WAD * WAD) / (await word(SWETH, '0xd68b2cb6')))
  })

  test('behavior: the rate is exactly 1 until the first reprice', async () => {
    const scratch = '0x0000000000000000000000000000000000005e11'
    const { SwETH } = await compileContracts()
    await shared.reading.rpc('anvil_setCode', [scratch, SwETH])
    expect(await word(scratch, '0xd68b2cb6')).toBe(WAD)
    expect(await word(scratch, '0x679aefce')).toBe(WAD)
    expect(await word(scratch, '0xfbda759b')).toBe(0n)
  })
})

describe('rswETH', () => {
  test('default: the topic is the same, and the rate is another', async () => {
    const both = await shared.reading.logs([SWETH, RSWETH], TOPIC)
    expect(both).toHaveLength(80)
    const own = await shared.reading.logs(RSWETH, TOPIC)
    const last = readArgs(REPRICE, own)[39]?.['newSwETHToETHRate']
    expect(last).toBe(await word(RSWETH, '0x679aefce'))
    expect(distance(BigInt(last ?? 0n), await word(SWETH, '0x679aefce'))).toBeGreaterThan(WAD / 100n)
  })
})
