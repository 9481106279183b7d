import { decodeEventLog, encodeEventTopics, type Hex, keccak256, toFunctionSelector, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_WALLETS, KEEPER, PLACES } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/line.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { BALANCES_EVENTS, createReading } from './reading.ts'

const OLD_TOPIC = '0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394'
const NEW_TOPIC = '0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9'
const BALANCES = [
  PLACES.rocketBalances1,
  PLACES.rocketBalances2,
  PLACES.rocketBalances3,
  PLACES.rocketBalances4,
] as const
const REGISTRY_KEY = '0x7630e125f1c009e5fc974f6dae77c6d5b1802979b36e6d7145463c21782af01e'

let chain: EmbeddedChain
let reading: ReturnType<typeof createReading>

beforeAll(async () => {
  chain = await startEmbeddedChain({ days: 40, live: false, seed: 3 })
  reading = createReading(chain)
}, 60_000)
afterAll(() => chain.stop())

async function readReports() {
  const logs = await reading.logs(BALANCES)
  const updates = logs.filter(log => log.topics[0] === OLD_TOPIC || log.topics[0] === NEW_TOPIC)
  return updates.map(log => {
    const isOld = log.topics[0] === OLD_TOPIC
    const abi = isOld ? BALANCES_EVENTS.old : BALANCES_EVENTS.new
    const { args } = decodeEventLog({ abi, data: log.data, topics: log.topics as [Hex, ...Hex[]] })
    const version = BALANCES.findIndex(address => address.toLowerCase() === log.address) + 1
    return { ...args, isOld, version, landed: log.blockNumber ?? 0n }
  })
}

describe('RocketNetworkBalances', () => {
  test('default', async () => {
    expect(encodeEventTopics({ abi: BALANCES_EVENTS.old, eventName: 'BalancesUpdated' })[0]).toBe(OLD_TOPIC)
    expect(encodeEventTopics({ abi: BALANCES_EVENTS.new, eventName: 'BalancesUpdated' })[0]).toBe(NEW_TOPIC)
    const reports = await readReports()
    expect(reports).toHaveLength(39)
    expect(new Set(reports.map(({ version }) => version))).toEqual(new Set([1, 2, 3, 4]))
    for (const report of reports) {
      expect(report.isOld).toBe(report.version < 3)
      const rate = await reading.read(PLACES.reth, 'getExchangeRate()', [], report.landed)
      expect((report.totalEth * WAD) / report.rethSupply).toBe(rate)
    }
  })

  test('behavior: reports are those of the history, to the wei', async () => {
    const reports = await readReports()
    const days = chain.history.days.filter(({ rocketPool }) => rocketPool !== undefined)
    for (const [index, { totalEth, stakingEth, rethSupply, landed }] of reports.entries()) {
      expect({ totalEth, stakingEth, rethSupply }).toEqual(days[index]?.rocketPool)
      expect(landed).toBe(chain.landmarks.dayBlocks[days[index]?.day ?? -1])
    }
  })

  test('behavior: the reference block bears the time that was measured', async () => {
    for (const report of await readReports()) {
      const measured = await reading.time(report.block)
      const emitted = await reading.time(report.landed)
      expect(emitted - measured >= 720n && emitted - measured <= 7200n).toBe(true)
      if ('slotTimestamp' in report) {
        expect(report.slotTimestamp).toBe(measured)
        expect(report.blockTimestamp).toBe(emitted)
      } else expect(report.time).toBe(emitted)
    }
  })

  test('behavior: an upgrade changes the registry and emits nothing', async () => {
    for (const [index, block] of chain.switchBlocks.entries()) {
      const registered = (at: bigint) =>
        reading.rawCall(PLACES.rocketStorage, `0x21f8a721${REGISTRY_KEY.slice(2)}`, at)
      expect((await registered(block - 1n)).slice(26)).toBe(BALANCES[index]?.slice(2).toLowerCase())
      expect((await registered(block)).slice(26)).toBe(BALANCES[index + 1]?.slice(2).toLowerCase())
    }
    expect(await reading.logs(PLACES.rocketStorage)).toEqual([])
  })

  test('behavior: v2 to v4 have no code before they were deployed', async () => {
    for (const [index, address] of BALANCES.entries()) {
      const block = chain.deployedAt.rocketBalances[index] ?? 0n
      expect(await reading.code(address, block - 1n)).toBe('0x')
      expect((await reading.code(address, block)).length).toBeGreaterThan(100)
      expect(await reading.rawCall(address, '0x9100c13d', block - 1n)).toBe('0x')
    }
  })

  test('behavior: old versions still answer with the newest report', async () => {
    for (const address of BALANCES) {
      expect(await reading.read(address, 'getTotalETHBalance()')).toBe(
        chain.history.days[39]?.rocketPool?.totalEth,
      )
    }
    expect(await Promise.all(BALANCES.map(address => reading.read(address, 'version()')))).toEqual([
      1n,
      2n,
      3n,
      4n,
    ])
  })

  test('behavior: functions of one version are refused by the others', async () => {
    const refused = (address: (typeof BALANCES)[number], signature: string) =>
      expect(reading.read(address, signature)).rejects.toThrow()
    expect(await reading.read(BALANCES[3], 'getBalancesTimestamp()')).toBe(
      await reading.time(chain.lastDayBlock),
    )
    expect(await reading.read(BALANCES[0], 'getLatestReportableBlock()')).toBe(chain.headBlock)
    await refused(BALANCES[2], 'getBalancesTimestamp()')
    await refused(BALANCES[2], 'getLatestReportableBlock()')
    await refused(BALANCES[0], 'getETHBalancesBlock()')
  })

  test('behavior: the raw storage tells the same', async () => {
    const key = keccak256(toHex('network.balance.total'))
    expect(key).toBe('0x9dc185b46ed0f11d151f055e45fde635375a9680c34e501b43a82eb6c09c0951')
    const total = await reading.read(PLACES.rocketStorage, 'getUint(bytes32)', [key])
    expect(total).toBe(chain.history.days[39]?.rocketPool?.totalEth)
  })

  test('behavior: the missed report leaves the rate as it was', async () => {
    const missed = chain.landmarks.dayBlocks[chain.history.schedule.missedDay] ?? 0n
    const rateAt = (block: bigint) => reading.read(PLACES.reth, 'getExchangeRate()', [], block)
    expect(await rateAt(missed)).toBe(await rateAt(missed - 2n))
    expect(await rateAt(missed + 2n)).toBeGreaterThan(await rateAt(missed))
  })
})

describe('RocketTokenRETH', () => {
  test('default', async () => {
    const { days, opening } = chain.history
    for (const [day, block] of [
      [opening, chain.deployedAt.opening],
      [days[0], chain.firstDayBlock],
      [days[20], chain.landmarks.dayBlocks[20]],
      [days[39], chain.headBlock],
    ] as const) {
      const report = day?.rocketPool ?? { totalEth: 0n, rethSupply: 1n }
      const rate = await reading.read(PLACES.reth, 'getExchangeRate()', [], block)
      expect(rate).toBe((report.totalEth * WAD) / report.rethSupply)
      expect(await reading.read(PLACES.reth, 'totalSupply()', [], block)).toBe(day?.rethSupply)
    }
  })

  test('behavior: value and amount are rounded down', async () => {
    const { totalEth, rethSupply } = chain.history.days[39]?.rocketPool ?? { totalEth: 0n, rethSupply: 1n }
    const amount = 123_456_789_123_456_789n
    expect(await reading.read(PLACES.reth, 'getEthValue(uint256)', [amount])).toBe(
      (amount * totalEth) / rethSupply,
    )
    expect(await reading.read(PLACES.reth, 'getRethValue(uint256)', [amount])).toBe(
      (amount * rethSupply) / totalEth,
    )
  })

  test('behavior: the rate is exactly 1 where the stored supply is 0', async () => {
    const slots = { [PLACES.rocketStorage]: { state: {} } }
    const call = { to: PLACES.reth, data: '0xe6aa216c' }
    // Addresses stand in the fourth mapping.
    const registered = keccak256(`${REGISTRY_KEY}${'3'.padStart(64, '0')}`)
    const state = { [registered]: `0x${BALANCES[3].slice(2).toLowerCase().padStart(64, '0')}` }
    slots[PLACES.rocketStorage] = { state }
    const rate = await reading.rpc<Hex>('eth_call', [call, 'latest', slots])
    expect(BigInt(rate)).toBe(WAD)
  })

  test('behavior: collateral is the deposit pool and the ether that lies here', async () => {
    const pool = await reading.read(PLACES.rocketDepositPool, 'getExcessBalance()')
    expect(pool).toBe(chain.history.days[39]?.depositPool)
    expect(await reading.read(PLACES.rocketDepositPool, 'getBalance()')).toBe(pool)
    expect(await reading.read(PLACES.rocketDepositPool, 'getMaximumDepositAmount()')).toBe(
      18_000n * WAD - pool,
    )
    const held = BigInt(await reading.rpc<Hex>('eth_getBalance', [PLACES.reth, 'latest']))
    expect(held).toBe(4_000n * WAD)
    expect(await reading.read(PLACES.reth, 'getTotalCollateral()')).toBe(pool + held)
    const supply = await reading.read(PLACES.reth, 'totalSupply()')
    const value = await reading.read(PLACES.reth, 'getEthValue(uint256)', [supply])
    expect(await reading.read(PLACES.reth, 'getCollateralRate()')).toBe((held * WAD) / value)
  })

  test('behavior: the fee is 14 % since v4, and not there before', async () => {
    const before = (chain.deployedAt.rocketBalances[3] ?? 0n) - 1n
    expect(await reading.read(PLACES.rocketSettingsNetwork, 'getRethCommission()')).toBe((14n * WAD) / 100n)
    expect(await reading.rawCall(PLACES.rocketSettingsNetwork, '0x7638f374', before)).toBe('0x')
  })

  test('behavior: nobody but the keeper mints', async () => {
    const data = `${toFunctionSelector('keeperMint(address,uint256)')}${'0'.repeat(63)}1${'0'.repeat(63)}1`
    const mintBy = (from: Hex) => reading.rpc('eth_call', [{ from, to: PLACES.reth, data }, 'latest'])
    expect(await mintBy(KEEPER)).toBe('0x')
    await expect(mintBy(DEMO_WALLETS.nothing)).rejects.toThrow()
  })

  test('behavior: demo wallets buy and sell on their days', async () => {
    const balanceAt = (wallet: string, day: number) =>
      reading.read(PLACES.reth, 'balanceOf(address)', [wallet], chain.landmarks.dayBlocks[day] ?? 0n)
    expect(await balanceAt(DEMO_WALLETS.everything, 3)).toBe(0n)
    expect(await balanceAt(DEMO_WALLETS.everything, 4)).toBe(10n * WAD)
    expect(await balanceAt(DEMO_WALLETS.everything, 18)).toBe((165n * WAD) / 10n)
    expect(await balanceAt(DEMO_WALLETS.everything, 39)).toBe((145n * WAD) / 10n)
    expect(await balanceAt(DEMO_WALLETS.rethOnly, 39)).toBe(32n * WAD)
    expect(await balanceAt(DEMO_WALLETS.nothing, 39)).toBe(0n)
  })
})
