import {
  type Address,
  concat,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  pad,
  parseAbi,
  size,
  toEventSelector,
  toFunctionSelector,
  zeroAddress,
} from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OTHERS, PLACES } from '../../src/embedded/addresses.ts'
import { call, type KeeperCall } from '../../src/embedded/keeperCall.ts'
import { ETHER, WAD } from '../../src/embedded/line.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import {
  buyCall,
  etherCall,
  freezeCall,
  issueCall,
  lockCall,
  moveAllCall,
  moveCall,
  moveSharesCall,
  redeemCall,
  sellCall,
  takePartCall,
  unlockCall,
  unwrapCall,
  wrapCall,
} from '../../src/embedded/walletCalls.ts'
import { createReading } from './reading.ts'

const { steth: STETH, wsteth: WSTETH, ankrEth: ANKRETH, aethB: AETHB, reth: RETH } = PLACES
const EETH = '0x35fA164735182de50811E8e2E824cFb9B6118ac2'
const WEETH = '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee'
const POOL = '0x308861A430be4cce5502d0A12724771Fc6DaF216'
const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const WOETH = '0xDcEe70654261AF21C44c093C300eD3Bb97b78192'
const VAULT = '0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab'
const FRXETH = '0x5E8422345238F34275888049021821E8E08CAa1f'

const ALICE = '0x00000000000000000000000000000000000000a1'
const BOB = '0x00000000000000000000000000000000000000b0'

/** An amount that no rate divides evenly. */
const ODD = 1_234_567_890_123_456_789n

const CREDITS = parseAbi(['function creditsBalanceOfHighres(address) view returns (uint256, uint256, bool)'])

let chain: EmbeddedChain
let reading: ReturnType<typeof createReading>

beforeAll(async () => {
  chain = await startEmbeddedChain({ days: 20, live: false, now: 1_795_000_000n, seed: 42, wallets: [] })
  reading = createReading(chain)
}, 60_000)
afterAll(() => chain?.stop())

const balanceOf = (token: Address, account: Address) => reading.read(token, 'balanceOf(address)', [account])

async function creditsOf(account: Address) {
  const data = encodeFunctionData({ abi: CREDITS, functionName: 'creditsBalanceOfHighres', args: [account] })
  return decodeFunctionResult({ abi: CREDITS, data: await reading.rawCall(OETH, data) })
}

const NAMES = new Map<Hex, string>(
  ['Transfer', 'TransferShares'].map(name => [toEventSelector(`${name}(address,address,uint256)`), name]),
)

/** Carry out calls in a block, and tell its moves of a token: event, sender, receiver and value. */
async function carryOut(token: Address, ...calls: readonly KeeperCall[]) {
  const block = await chain.carryOut(calls)
  const logs = (await reading.logs(token)).filter(({ blockNumber }) => blockNumber === block)
  return logs
    .filter(({ topics }) => NAMES.has(topics[0] ?? '0x'))
    .map(({ topics, data }) => [
      NAMES.get(topics[0] ?? '0x'),
      `0x${topics[1]?.slice(26)}`,
      `0x${topics[2]?.slice(26)}`,
      BigInt(data),
    ])
}

const others = OTHERS.toLowerCase()

describe.each([
  ['rETH', RETH],
  ['frxETH', FRXETH],
  ['wstETH', WSTETH],
] as const)('%s', (_, token) => {
  test('default: it is bought, moved, issued and redeemed, and its supply stays', async () => {
    const supply = await reading.read(token, 'totalSupply()')
    const rate = await reading.read(RETH, 'getExchangeRate()')
    expect(await carryOut(token, buyCall(token, ALICE, ODD), sellCall(token, ALICE, 1n))).toEqual([
      ['Transfer', others, ALICE, ODD],
      ['Transfer', ALICE, others, 1n],
    ])
    expect(await carryOut(token, issueCall(token, ALICE, 5n), redeemCall(token, ALICE, 2n))).toEqual([
      ['Transfer', others, zeroAddress, 5n],
      ['Transfer', zeroAddress, ALICE, 5n],
      ['Transfer', ALICE, zeroAddress, 2n],
      ['Transfer', zeroAddress, others, 2n],
    ])
    expect(await carryOut(token, moveCall(token, { from: ALICE, to: ALICE }, 9n))).toEqual([
      ['Transfer', ALICE, ALICE, 9n],
    ])
    expect(await balanceOf(token, ALICE)).toBe(ODD + 2n)
    expect(await carryOut(token, moveAllCall(token, { from: ALICE, to: BOB }))).toEqual([
      ['Transfer', ALICE, BOB, ODD + 2n],
    ])
    expect([await balanceOf(token, ALICE), await balanceOf(token, BOB)]).toEqual([0n, ODD + 2n])
    expect(await reading.read(token, 'totalSupply()')).toBe(supply)
    expect(await reading.read(RETH, 'getExchangeRate()')).toBe(rate)
  })
})

/** The two tokens whose moves tell amounts and shares. */
describe.each([
  {
    name: 'stETH',
    token: STETH,
    wrapper: WSTETH,
    shares: 'sharesOf(address)',
    pool: STETH,
    inShares: 'getSharesByPooledEth(uint256)',
    inEther: 'getPooledEthByShares(uint256)',
  },
  {
    name: 'eETH',
    token: EETH,
    wrapper: WEETH,
    shares: 'shares(address)',
    pool: POOL,
    inShares: 'sharesForAmount(uint256)',
    inEther: 'amountForShare(uint256)',
  },
] as const)('$name', ({ token, wrapper, shares, pool, inShares, inEther }) => {
  const sharesOf = (account: Address) => reading.read(token, shares, [account])
  const toShares = (amount: bigint) => reading.read(pool, inShares, [amount])
  const toEther = (amount: bigint) => reading.read(pool, inEther, [amount])

  test('default: a move tells the amount and the shares, rounded down', async () => {
    const moved = await toShares(ODD)
    expect(await carryOut(token, buyCall(token, ALICE, ODD))).toEqual([
      ['Transfer', others, ALICE, ODD],
      ['TransferShares', others, ALICE, moved],
    ])
    expect(await sharesOf(ALICE)).toBe(moved)
    expect(await balanceOf(token, ALICE)).toBe(await toEther(moved))
    expect(await toEther(moved)).toBeLessThan(ODD)
  })

  test('behavior: a stake comes from the zero address, and moves no rate', async () => {
    const rate = await toEther(10n ** 27n)
    const held = await sharesOf(BOB)
    const moved = await toShares(ODD)
    const told = await toEther(moved)
    expect((await carryOut(token, issueCall(token, BOB, ODD))).slice(2)).toEqual([
      ['Transfer', zeroAddress, BOB, told],
      ['TransferShares', zeroAddress, BOB, moved],
    ])
    expect(await sharesOf(BOB)).toBe(held + moved)
    expect(await toEther(10n ** 27n)).toBe(rate)
  })

  test('behavior: wrapping and unwrapping are moves of both tokens, and may leave a share behind', async () => {
    const held = await sharesOf(ALICE)
    const wrapped = await toShares(ETHER)
    const address = wrapper.toLowerCase()
    expect(await carryOut(token, wrapCall(wrapper, ALICE, ETHER))).toEqual([
      ['Transfer', ALICE, address, ETHER],
      ['TransferShares', ALICE, address, wrapped],
    ])
    expect(await balanceOf(wrapper, ALICE)).toBe(wrapped)
    expect(await sharesOf(ALICE)).toBe(held - wrapped)
    const given = await toEther(wrapped)
    const back = await toShares(given)
    expect(await carryOut(token, unwrapCall(wrapper, ALICE, wrapped))).toEqual([
      ['Transfer', address, ALICE, given],
      ['TransferShares', address, ALICE, back],
    ])
    expect(wrapped - back).toBe(1n)
    expect(await sharesOf(ALICE)).toBe(held - 1n)
    expect(await balanceOf(wrapper, ALICE)).toBe(0n)
  })

  test('behavior: a whole balance moved leaves less than two shares, and a move to oneself changes nothing', async () => {
    const held = await sharesOf(ALICE)
    await chain.carryOut([moveCall(token, { from: ALICE, to: ALICE }, 77n)])
    expect(await sharesOf(ALICE)).toBe(held)
    const before = await sharesOf(BOB)
    const moved = await toShares(await balanceOf(token, ALICE))
    await chain.carryOut([moveAllCall(token, { from: ALICE, to: BOB })])
    expect([await sharesOf(ALICE), await sharesOf(BOB)]).toEqual([held - moved, before + moved])
    expect(held - moved).toBeLessThan(2n)
  })
})

test('behavior: stETH can be moved by shares', async () => {
  const held = await reading.read(STETH, 'sharesOf(address)', [BOB])
  const [amount, shares] = await carryOut(STETH, moveSharesCall({ from: BOB, to: ALICE }, ODD / 2n))
  expect(shares).toEqual(['TransferShares', BOB, ALICE, ODD / 2n])
  expect(amount?.[3]).toBe(await reading.read(STETH, 'getPooledEthByShares(uint256)', [ODD / 2n]))
  expect(await reading.read(STETH, 'sharesOf(address)', [BOB])).toBe(held - ODD / 2n)
})

describe('aETHb', () => {
  const lockedSharesOf = (account: Address) => reading.read(AETHB, 'lockedSharesOf(address)', [account])

  test('default: shares are locked and unlocked, and told in ETH', async () => {
    const told = await reading.read(ANKRETH, 'sharesToBonds(uint256)', [ODD])
    await chain.carryOut([buyCall(ANKRETH, ALICE, 2n * ODD)])
    expect(await carryOut(AETHB, lockCall(ALICE, ODD))).toEqual([['Transfer', zeroAddress, ALICE, told]])
    expect(await lockedSharesOf(ALICE)).toBe(ODD)
    expect(await balanceOf(AETHB, ALICE)).toBe(told)
    const one = await reading.read(ANKRETH, 'sharesToBonds(uint256)', [7n])
    expect(await carryOut(AETHB, unlockCall(ALICE, 7n))).toEqual([['Transfer', ALICE, zeroAddress, one]])
    expect(await lockedSharesOf(ALICE)).toBe(ODD - 7n)
    expect(await balanceOf(ANKRETH, ALICE)).toBe(ODD + 7n)
  })

  test('behavior: a move between holders tells ETH, and takes its shares rounded up', async () => {
    const ratio = await reading.read(ANKRETH, 'ratio()')
    const shares = ((ODD / 3n) * ratio) / WAD + 1n
    expect(await carryOut(AETHB, moveCall(AETHB, { from: ALICE, to: BOB }, ODD / 3n))).toEqual([
      ['Transfer', ALICE, BOB, ODD / 3n],
    ])
    expect(await lockedSharesOf(BOB)).toBe(shares)
    expect(await lockedSharesOf(ALICE)).toBe(ODD - 7n - shares)
    await chain.carryOut([moveAllCall(AETHB, { from: ALICE, to: BOB })])
    expect(await balanceOf(AETHB, ALICE)).toBe(0n)
  })
})

describe('OETH', () => {
  const rebase = async () => {
    const before = await reading.read(OETH, 'rebasingCreditsPerTokenHighres()')
    await chain.carryOut([call(VAULT, 'keeperRebase(uint256)', (before * 999n) / 1000n)])
    return before
  }
  const apart = async () =>
    (await reading.read(OETH, 'totalSupply()')) -
    ((await reading.read(OETH, 'rebasingCreditsHighres()')) * WAD) /
      (await reading.read(OETH, 'rebasingCreditsPerTokenHighres()'))

  test('default: a balance is whole after a move, and its credits are rounded up', async () => {
    expect(await carryOut(OETH, buyCall(OETH, ALICE, ODD))).toEqual([['Transfer', others, ALICE, ODD]])
    const perToken = await reading.read(OETH, 'rebasingCreditsPerTokenHighres()')
    expect(await creditsOf(ALICE)).toEqual([(ODD * perToken + WAD - 1n) / WAD, perToken, true])
    expect(await balanceOf(OETH, ALICE)).toBe(ODD)
    await rebase()
    expect(await balanceOf(OETH, ALICE)).toBe((ODD * 1000n) / 999n)
  })

  test('behavior: who does not take part has one credit for each token, and earns nothing', async () => {
    const outside = await apart()
    await chain.carryOut([takePartCall(OETH, ALICE, false)])
    const balance = await balanceOf(OETH, ALICE)
    expect(await creditsOf(ALICE)).toEqual([balance, WAD, true])
    expect(await apart()).toBe(outside + balance)
    await rebase()
    expect(await balanceOf(OETH, ALICE)).toBe(balance)
    await chain.carryOut([takePartCall(OETH, ALICE, true)])
    const perToken = await reading.read(OETH, 'rebasingCreditsPerTokenHighres()')
    expect(await creditsOf(ALICE)).toEqual([(balance * perToken + WAD - 1n) / WAD, perToken, true])
    expect(await apart()).toBe(outside)
    await rebase()
    expect(await balanceOf(OETH, ALICE)).toBe((balance * 1000n) / 999n)
  })

  test('behavior: a frozen account keeps the number of its day, until it moves', async () => {
    const [credits] = await creditsOf(ALICE)
    const balance = await balanceOf(OETH, ALICE)
    await chain.carryOut([freezeCall(OETH, ALICE)])
    const frozenAt = await rebase()
    expect(await creditsOf(ALICE)).toEqual([credits, frozenAt, true])
    expect(await balanceOf(OETH, ALICE)).toBe(balance)
    await chain.carryOut([moveCall(OETH, { from: ALICE, to: BOB }, 1n)])
    expect(await creditsOf(ALICE)).toEqual([balance - 1n, WAD, true])
    await chain.carryOut([moveAllCall(OETH, { from: ALICE, to: BOB })])
    expect(await creditsOf(ALICE)).toEqual([0n, WAD, true])
    expect(await balanceOf(OETH, BOB)).toBe(balance)
    expect(await apart()).toBe(4_000n * WAD)
  })

  test('behavior: minting is told from the zero address', async () => {
    expect(await carryOut(OETH, issueCall(OETH, BOB, 9n))).toEqual([
      ['Transfer', others, zeroAddress, 9n],
      ['Transfer', zeroAddress, BOB, 9n],
    ])
  })

  test('behavior: it is wrapped and unwrapped at the rate, with the events of a vault', async () => {
    const held = await balanceOf(OETH, BOB)
    const shares = await reading.read(WOETH, 'convertToShares(uint256)', [ETHER])
    const wrapper = WOETH.toLowerCase()
    expect(await carryOut(OETH, wrapCall(WOETH, BOB, ETHER))).toEqual([['Transfer', BOB, wrapper, ETHER]])
    expect(await balanceOf(WOETH, BOB)).toBe(shares)
    const assets = await reading.read(WOETH, 'convertToAssets(uint256)', [shares])
    expect(await carryOut(OETH, unwrapCall(WOETH, BOB, shares))).toEqual([['Transfer', wrapper, BOB, assets]])
    expect(await balanceOf(OETH, BOB)).toBe(held - ETHER + assets)
    const topics = (await reading.logs(WOETH)).slice(-4).map(log => log.topics[0])
    expect(topics).toEqual([
      toEventSelector('Transfer(address,address,uint256)'),
      toEventSelector('Deposit(address,address,uint256,uint256)'),
      toEventSelector('Transfer(address,address,uint256)'),
      toEventSelector('Withdraw(address,address,address,uint256,uint256)'),
    ])
  })
})

test('behavior: ether comes from the keeper', async () => {
  await chain.carryOut([etherCall(ALICE, ODD)])
  expect(BigInt(await reading.rpc<Hex>('eth_getBalance', [ALICE, 'latest']))).toBe(ODD)
})

test.each([
  [STETH, '0xf5eb42dc', 'sharesOf(address)', 32],
  [EETH, '0xce7c2ac2', 'shares(address)', 32],
  [AETHB, '0x9bbb02da', 'lockedSharesOf(address)', 32],
  [OETH, '0xe5c4fffe', 'creditsBalanceOfHighres(address)', 96],
] as const)('behavior: %s answers %s, which is %s', async (token, selector, signature, bytes) => {
  expect(toFunctionSelector(signature)).toBe(selector)
  expect(size(await reading.rawCall(token, concat([selector, pad(OTHERS)])))).toBe(bytes)
})
