import { expect, test } from 'vitest'
import { startAnvil } from '../../src/embedded/anvil.ts'
import { buildHistory, createMiner, genesisTime } from '../../src/embedded/build.ts'
import { compileContracts } from '../../src/embedded/compile.ts'
import { createHistory } from '../../src/embedded/history.ts'
import { ETHER, layCourse, WAD } from '../../src/embedded/line.ts'
import { createRpc } from '../../src/embedded/rpc.ts'
import { plainTwin } from '../../src/embedded/twins/plain.ts'
import { createReading } from './reading.ts'

const token = '0x00000000000000000000000000000000000ba5e5'
const line = {
  endRate: (105n * WAD) / 100n,
  yearlyYield: { atEnd: 300n, fallInThreeYears: 10n },
  supplyThreeYearsAgo: 100n * ETHER,
  supplyAtEnd: 900n * ETHER,
  stream: 900,
}

test('default: a plain pool is one line, and answers its one question', async () => {
  const twin = plainTwin({
    id: 'basis',
    token,
    symbol: 'bETH',
    rateCall: 'toEth(uint256)',
    line,
    appears: 30,
  })
  const history = createHistory({ days: 20, now: 1_795_000_000n, seed: 22 })
  const anvil = await startAnvil({ port: 0, chainId: 31337, timestamp: genesisTime(history) })
  try {
    const rpc = createRpc(anvil.url)
    const miner = await createMiner(rpc, await compileContracts())
    const { dayBlocks } = await buildHistory(miner, rpc, { history, twins: [twin] })
    const reading = createReading(anvil)
    const course = layCourse(history.schedule, line)
    for (const day of [6, 7, 13, 19]) {
      const rate = await reading.read(token, 'toEth(uint256)', [WAD], dayBlocks[day])
      expect(rate).toBe(course.rateOn(day))
      expect(await reading.read(token, 'totalSupply()', [], dayBlocks[day])).toBe(course.supplyOn(day))
    }
    expect(course.rateOn(19)).toBe(line.endRate)
    expect(await reading.code(token, (dayBlocks[6] ?? 0n) - 1n)).toBe('0x')
    await expect(reading.read(token, 'getRate()')).rejects.toThrow()
  } finally {
    await anvil.stop()
  }
})
