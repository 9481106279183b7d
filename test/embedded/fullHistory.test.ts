import { hexToBigInt } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/history.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { createReading } from './reading.ts'

let chain: EmbeddedChain
let reading: ReturnType<typeof createReading>

beforeAll(async () => {
  chain = await startEmbeddedChain({ live: false })
  reading = createReading(chain)
}, 60_000)
afterAll(() => chain.stop())

describe('startEmbeddedChain', () => {
  test('default', async () => {
    expect(chain.landmarks.dayBlocks).toHaveLength(1095)
    const head = await reading.time('latest')
    const span = head - (await reading.time(chain.firstDayBlock))
    expect(span / 86_400n).toBe(1094n)
    expect(hexToBigInt((await reading.block('finalized')).number)).toBeGreaterThanOrEqual(chain.lastDayBlock)
  })

  test('behavior: rates at the first, middle and last day are those of the history', async () => {
    for (const day of [0, 100, 547, 900, 1094]) {
      const block = chain.landmarks.dayBlocks[day]
      const wanted = chain.history.days[day]
      const { totalEth, rethSupply } = wanted?.rocketPool ?? { totalEth: 0n, rethSupply: 1n }
      const { totalEther, totalShares } = wanted?.lido ?? chain.history.opening.lido
      expect(await reading.read(PLACES.reth, 'getExchangeRate()', [], block)).toBe(
        (totalEth * WAD) / rethSupply,
      )
      expect(await reading.read(PLACES.wsteth, 'stEthPerToken()', [], block)).toBe(
        (totalEther * WAD) / totalShares,
      )
      if (day === 0) continue
      expect(await reading.read(PLACES.ankrEth, 'ratio()', [], block)).toBe(wanted?.ankrRatio)
    }
  })

  test('behavior: all reports of three years are in the logs of the four addresses', async () => {
    const { rocketBalances1, rocketBalances2, rocketBalances3, rocketBalances4 } = PLACES
    const topics = [
      '0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394',
      '0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9',
    ] as const
    const logs = await reading.logs([rocketBalances1, rocketBalances2, rocketBalances3, rocketBalances4])
    const counts = topics.map(topic => logs.filter(log => log.topics[0] === topic).length)
    expect(counts).toEqual([546, 548])
  })
})
