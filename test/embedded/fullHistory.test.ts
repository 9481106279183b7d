import { hexToBigInt } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/line.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { TWINS } from '../../src/embedded/twins/list.ts'
import { isSyncDay } from '../../src/embedded/twins/weekly.ts'
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

  test('behavior: the twins of three years end at their rates', async () => {
    const head = chain.lastDayBlock
    for (const [id, asked, selector] of [
      ['coinbase', '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704', '0x3ba0b9a9'],
      ['binance', '0xa2E3356610840701BDf5611a53974510Ae27E2e1', '0x3ba0b9a9'],
      ['stader', '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299', '0xe6aa216c'],
      ['swell', '0xf951E335afb289353dc249e82926178EaC7DEd78', '0xd68b2cb6'],
    ] as const) {
      const end = TWINS.find(twin => twin.id === id)?.line.endRate
      expect(await reading.word(asked, selector, [], head)).toBe(end)
      expect(chain.twins[id]?.firstBlock).toBeLessThan(chain.landmarks.dayBlocks[165] ?? 0n)
    }
  })

  test('behavior: weekly cycles of three years are all there', async () => {
    const cycles = await reading.logs(
      '0xac3E018457B222d93114458476f3E3416Abbe38F',
      '0x2fa39aac60d1c94cda4ab0e86ae9c0ffab5b926e5b827a4ccba1d9b5b2ef596e',
    )
    const days = Array.from({ length: 1095 }, (_, day) => day)
    expect(cycles).toHaveLength(days.filter(day => isSyncDay(chain.history.schedule, day, 12)).length)
    expect(cycles.length).toBeGreaterThan(140)
  })
})
