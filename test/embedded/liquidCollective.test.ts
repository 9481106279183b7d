import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { KEEPER } from '../../src/embedded/addresses.ts'
import { compileContracts } from '../../src/embedded/compile.ts'
import { call } from '../../src/embedded/keeperCall.ts'
import { WAD } from '../../src/embedded/line.ts'
import { distance, readArgs, SharedChain } from './sharedChain.ts'

const RIVER = '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549'
const REDEEM_MANAGER = '0x080b3a41390b357Ad7e8097644d1DEDf57AD3375'
const TOPIC = '0x3d1669e813a9845c288f0e1f642a4343a451103b87886d12de37e63b39bbd942'
const EARNED = parseAbi([
  'event RewardsEarned(address indexed _collector, uint256 _oldTotalUnderlyingBalance, uint256 _oldTotalSupply, uint256 _newTotalUnderlyingBalance, uint256 _newTotalSupply)',
])

const shared = new SharedChain(17)
const word = (selector: `0x${string}`, block: bigint | 'latest', amounts: bigint[] = []) =>
  shared.reading.word(RIVER, selector, amounts, block)
const rateAt = (block: bigint | 'latest') => word('0xf79c3f02', block, [WAD])

describe('River', () => {
  test('default: earnings mint shares for the fee and tell the new totals', async () => {
    const logs = await shared.reading.logs(RIVER, TOPIC)
    expect(logs.map(({ blockNumber }) => shared.dayOf(blockNumber))).toEqual(
      Array.from({ length: 35 }, (_, index) => index + 5),
    )
    for (const [index, args] of readArgs(EARNED, logs).entries()) {
      if (index % 9 !== 0) continue
      const block = logs[index]?.blockNumber ?? 0n
      const before = BigInt(args['_oldTotalUnderlyingBalance'] ?? 0n)
      const after = BigInt(args['_newTotalUnderlyingBalance'] ?? 0n)
      const minted = BigInt(args['_newTotalSupply'] ?? 0n) - BigInt(args['_oldTotalSupply'] ?? 0n)
      expect(await rateAt(block)).toBe((after * WAD) / BigInt(args['_newTotalSupply'] ?? 1n))
      expect(await word('0x143a08d4', block)).toBe(after)
      expect(await word('0x18160ddd', block)).toBe(args['_newTotalSupply'])
      // The fee's shares are worth a tenth of what was earned.
      expect(distance((minted * (await rateAt(block))) / WAD, (after - before) / 10n)).toBeLessThan(10n ** 6n)
    }
    expect(await word('0x1bcbfaba', 'latest')).toBe(1000n)
  })

  test('behavior: the rate is 0 while there is no supply', async () => {
    const opening = shared.blockOf(1)
    expect(await shared.reading.code(RIVER, opening - 1n)).toBe('0x')
    for (const block of [opening, shared.firstBlock('liquid-collective') - 1n]) {
      expect(await word('0x18160ddd', block)).toBe(0n)
      expect(await rateAt(block)).toBe(0n)
      expect(await word('0x799a1954', block, [10_000n])).toBe(0n)
    }
    expect(shared.firstBlock('liquid-collective')).toBe(shared.blockOf(4))
    expect(await rateAt(shared.blockOf(4))).toBe(shared.course('liquid-collective').rateOn(4))
  })

  test('behavior: shares for an amount are the inverse, in as many digits as the amount has', async () => {
    const held = await word('0x143a08d4', 'latest')
    const supply = await word('0x18160ddd', 'latest')
    expect(await word('0x799a1954', 'latest', [WAD])).toBe((WAD * supply) / held)
    expect(await word('0x799a1954', 'latest', [10_000n])).toBe((10_000n * supply) / held)
  })

  test('behavior: a loss lowers the rate and emits nothing', async () => {
    const scratch = '0x00000000000000000000000000000000000015e7'
    const { River } = await compileContracts()
    const { rpc } = shared.reading
    await rpc('anvil_setCode', [scratch, River])
    const send = async (signature: string, ...words: bigint[]) => {
      const { data } = call(scratch, signature, ...words)
      await rpc('anvil_impersonateAccount', [KEEPER])
      await rpc('eth_sendTransaction', [{ from: KEEPER, to: scratch, data, gas: '0x100000' }])
      await rpc('evm_mine')
    }
    const scratchRate = () => shared.reading.word(scratch, '0xf79c3f02', [WAD])
    await send('keeperOpen(uint256,uint256)', 100n * WAD, (11n * WAD) / 10n)
    await send('keeperReport(uint256)', (12n * WAD) / 10n)
    expect(distance(await scratchRate(), (12n * WAD) / 10n)).toBeLessThan(10n)
    await send('keeperReport(uint256)', WAD)
    expect(await scratchRate()).toBe(WAD)
    expect(await shared.reading.logs(scratch, TOPIC)).toHaveLength(1)
  })
})

describe('RedeemManager', () => {
  test('default: what waits is told here, and what is set aside by River', async () => {
    const demand = await shared.reading.word(REDEEM_MANAGER, '0x0d8d2a54')
    expect(demand).toBeGreaterThan(WAD)
    expect(await shared.reading.word(REDEEM_MANAGER, '0x319798d1')).toBeGreaterThan(0n)
    expect(await word('0x2d6b59bf', 'latest')).toBe(demand / 2n)
    expect(await word('0x04843a17', 'latest')).toBe(demand / 8n)
  })
})
