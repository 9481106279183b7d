import { type Address, createPublicClient, http, parseAbi, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import { NoEndpointServed, RateLimited, UnexpectedReply, WrongChain } from '../../src/chain/errors.ts'
import { type AssetReading, readWallet, type WalletReading } from '../../src/chain/readWallet.ts'
import { buyCall, takePartCall } from '../../src/embedded/walletCalls.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { clientOf, endpointAt, testChain } from '../support/chain.ts'
import { always, pretendChain, refuse } from '../support/faultProxy.ts'

const running = testChain()
/** A chain whose contracts the tests take away. */
const broken = testChain({ days: 20 })

const abi = parseAbi(['function balanceOf(address) view returns (uint256)'])

const assetOf = ({ assets }: WalletReading, symbol: string): AssetReading =>
  assets.find(asset => asset.symbol === symbol) ?? expect.unreachable(`no ${symbol}`)

/** Every token of every pool, and those that rebase. */
const tokens = tokenPools.flatMap(({ token, siblings }) => [token, ...siblings])
const rebasing = tokenPools.flatMap(({ siblings }) => siblings.map(({ symbol }) => symbol))

/** Ask each token by itself. */
async function balancesOf(account: Address): Promise<Record<string, bigint>> {
  const client = createPublicClient({ transport: http(running.chain.url) })
  const balances: Record<string, bigint> = { ETH: await client.getBalance({ address: account }) }
  for (const { symbol, address } of tokens) {
    const isThere = (await client.getCode({ address })) !== undefined
    balances[symbol] = isThere
      ? await client.readContract({ address, abi, functionName: 'balanceOf', args: [account] })
      : 0n
  }
  return balances
}

const heldBy = ({ assets }: WalletReading) =>
  Object.fromEntries(assets.map(({ symbol, balance }) => [symbol, balance]))

describe('readWallet', () => {
  test('default: every balance to the wei, in one request with one eth_call', async () => {
    const proxy = await running.proxy()
    const { everything } = running.chain.demoWallets
    const wallet = await readWallet(clientOf(proxy.url), tokenPools, [everything])
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_call'])
    const balances = await balancesOf(everything)
    for (const symbol of ['ETH', 'rETH', 'ankrETH', 'aETHb', 'wstETH', 'stETH', 'frxETH', 'pxETH'])
      expect(balances[symbol]).toBeGreaterThan(0n)
    expect(heldBy(wallet)).toEqual(balances)
    expect(wallet).toMatchObject({
      accounts: [everything],
      block: running.chain.headBlock,
      chainId: 31_337n,
      operator: 'a',
    })
  })

  test('behavior: values are balance × rate, rebasing tokens and ETH count as they are, each once', async () => {
    const { everything } = running.chain.demoWallets
    const wallet = await readWallet(clientOf(running.chain.url), tokenPools, [everything])
    let total = 0n
    for (const { symbol, balance, rate } of wallet.assets) {
      if (['ETH', ...rebasing].includes(symbol)) expect(rate).toBe(WAD)
      else expect(rate, symbol).toBeGreaterThan(WAD)
      total += ((balance ?? 0n) * (rate ?? 0n)) / WAD
    }
    expect(wallet.holdings.total).toBe(total)
    expect(wallet.holdings.missing).toEqual([])
    expect(new Set(wallet.assets.map(({ id }) => id)).size).toBe(1 + tokens.length)
    expect(wallet.price.price?.answer).toBeGreaterThan(0n)
  })

  test('behavior: a wallet with one token', async () => {
    const { rethOnly } = running.chain.demoWallets
    const wallet = await readWallet(clientOf(running.chain.url), tokenPools, [rethOnly])
    expect(heldBy(wallet)).toEqual(await balancesOf(rethOnly))
    const held = wallet.assets.filter(({ balance }) => balance !== 0n).map(({ symbol }) => symbol)
    expect(held).toEqual(['rETH'])
  })

  test('behavior: a wallet with nothing holds 0 of each, which is known', async () => {
    const wallet = await readWallet(clientOf(running.chain.url), tokenPools, [
      running.chain.demoWallets.nothing,
    ])
    expect(wallet.assets.map(({ balance, why }) => [balance, why])).toEqual(
      wallet.assets.map(() => [0n, undefined]),
    )
    expect(wallet.holdings).toMatchObject({ total: 0n, missing: [] })
  })

  test.each<[string, () => Address]>([
    ['the zero address', () => `0x${'0'.repeat(40)}`],
    ['a token contract', () => running.chain.places.wsteth],
    ['Multicall3', () => running.chain.places.multicall3],
  ])('behavior: %s is an account like any other', async (_, account) => {
    const wallet = await readWallet(clientOf(running.chain.url), tokenPools, [account()])
    expect(heldBy(wallet)).toEqual(await balancesOf(account()))
    expect(wallet.holdings.missing).toEqual([])
  })

  test('behavior: the raw answers are kept for the receipt', async () => {
    const wallet = await readWallet(clientOf(running.chain.url), tokenPools, [
      running.chain.demoWallets.everything,
    ])
    for (const { balance, balances } of wallet.assets)
      expect(balances.map(({ outcome }) => BigInt(outcome.returnData))).toEqual([balance])
    expect(assetOf(wallet, 'rETH').rateOutcome?.read).toBe(tokenPools[0]?.rate)
    expect(assetOf(wallet, 'stETH').rateOutcome).toBeUndefined()
  })
})

describe('several accounts', () => {
  const both = () => [running.chain.demoWallets.everything, running.chain.demoWallets.rethOnly] as const

  test('default: one eth_call, each balance the sum of the accounts’, and told apart', async () => {
    const proxy = await running.proxy()
    const wallet = await readWallet(clientOf(proxy.url), tokenPools, both())
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_call'])
    const [one, other] = [await balancesOf(both()[0]), await balancesOf(both()[1])]
    expect(wallet.accounts).toEqual(both())
    for (const { symbol, balance, balances } of wallet.assets) {
      expect(balances.map(({ account }) => account)).toEqual(both())
      expect(balances.map(part => part.balance)).toEqual([one[symbol], other[symbol]])
      expect(balance).toBe((one[symbol] ?? 0n) + (other[symbol] ?? 0n))
    }
    expect(one['rETH']).toBeGreaterThan(0n)
    expect(other['rETH']).toBeGreaterThan(0n)
  })

  test('behavior: an account that is listed twice is counted once, in whatever case', async () => {
    const [one] = both()
    const client = clientOf(running.chain.url)
    const twice = await readWallet(client, tokenPools, [one, one.toLowerCase() as Address])
    const once = await readWallet(client, tokenPools, [one])
    expect(twice.accounts).toEqual([one])
    expect(twice.holdings).toEqual(once.holdings)
  })

  test('behavior: what every account asks alike is asked once', async () => {
    const proxy = await running.proxy()
    await readWallet(clientOf(proxy.url), tokenPools, both())
    const asked = JSON.stringify(proxy.requests[0])
    const perToken = '7a46a9c5'
    expect(asked.split(perToken)).toHaveLength(2)
  })
})

describe('OETH outside rebasing', () => {
  const oeth = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
  const [idler, player]: readonly Address[] = [toHex(0xd1en, { size: 20 }), toHex(0xa11n, { size: 20 })]

  test('behavior: it is one row, and the part that earns nothing is known', async () => {
    if (idler === undefined || player === undefined) return expect.unreachable('two accounts')
    const { chain } = broken
    await chain.carryOut([
      buyCall(oeth, idler, 3n * WAD),
      takePartCall(oeth, idler, false),
      buyCall(oeth, player, 2n * WAD),
    ])
    const { assets } = await readWallet(clientOf(chain.url), tokenPools, [idler, player])
    const rows = assets.filter(({ symbol }) => symbol === 'OETH')
    expect(rows).toHaveLength(1)
    const [parts, idle] = [rows[0]?.balances.map(({ balance }) => balance), rows[0]?.idle]
    expect(parts?.every((part = 0n) => part > WAD)).toBe(true)
    expect(idle).toBe(parts?.[0])
    expect(rows[0]?.idleOutcomes.length).toBeGreaterThan(0)
  })

  test('behavior: ETH and plain tokens earn nothing, tokens and shares earn whole', async () => {
    const { assets } = await readWallet(clientOf(running.chain.url), tokenPools, [
      running.chain.demoWallets.everything,
    ])
    for (const { symbol, idle, balance } of assets)
      expect(idle, symbol).toBe(['ETH', 'frxETH', 'pxETH'].includes(symbol) ? balance : 0n)
  })
})

describe('failures', () => {
  const reverting = '0x60006000fd'
  const everything = () => broken.chain.demoWallets.everything

  test('behavior: a token that refuses is missing from the total, the others are counted', async () => {
    const client = clientOf(broken.chain.url)
    const before = await readWallet(client, tokenPools, [everything()])
    const { reth } = broken.chain.places
    const code = await broken.rpc('eth_getCode', [reth, 'latest'])
    await broken.rpc('anvil_setCode', [reth, reverting])
    const wallet = await readWallet(client, tokenPools, [everything()])
    await broken.rpc('anvil_setCode', [reth, code])
    expect(assetOf(wallet, 'rETH')).toMatchObject({ balance: undefined, why: expect.any(String) })
    expect(wallet.holdings.missing).toEqual([reth])
    const lost = before.holdings.items.find(({ id }) => id === reth)?.value ?? 0n
    expect(lost).toBeGreaterThan(0n)
    expect(wallet.holdings.total).toBe(before.holdings.total - lost)
  })

  test('behavior: one account’s balance that is refused leaves the sum unknown, and says why', async () => {
    const client = clientOf(broken.chain.url)
    const { reth } = broken.chain.places
    const code = await broken.rpc('eth_getCode', [reth, 'latest'])
    // Answers 0, and refuses where the argument is odd.
    await broken.rpc('anvil_setCode', [reth, '0x600435600116600e5760206000f35b60006000fd'])
    const accounts: Address[] = [toHex(2n, { size: 20 }), toHex(3n, { size: 20 })]
    const { assets, holdings } = await readWallet(client, tokenPools, accounts)
    await broken.rpc('anvil_setCode', [reth, code])
    const reading = assets.find(({ symbol }) => symbol === 'rETH')
    expect(reading?.balances.map(({ balance }) => balance)).toEqual([0n, undefined])
    expect(reading).toMatchObject({ balance: undefined, why: 'The contract refused balanceOf.' })
    expect(holdings.missing).toContain(reth)
  })

  test('behavior: a rate that is impossible leaves the balance without a value, unless it is 0', async () => {
    const client = clientOf(broken.chain.url)
    const { wsteth } = broken.chain.places
    const strict = tokenPools.map(pool =>
      pool.id === 'lido' ? { ...pool, bounds: { lowest: 1n, highest: WAD } } : pool,
    )
    const wallet = await readWallet(client, strict, [everything()])
    expect(assetOf(wallet, 'wstETH')).toMatchObject({ rate: undefined, why: expect.any(String) })
    expect(assetOf(wallet, 'wstETH').balance).toBeGreaterThan(0n)
    expect(wallet.holdings.missing).toEqual([wsteth])
    const nothing = await readWallet(client, strict, [broken.chain.demoWallets.nothing])
    expect(nothing.holdings).toMatchObject({ total: 0n, missing: [] })
  })

  test('behavior: a token that a local chain lacks is held by nobody', async () => {
    const { ankrEth } = broken.chain.places
    const code = await broken.rpc('eth_getCode', [ankrEth, 'latest'])
    await broken.rpc('anvil_setCode', [ankrEth, '0x'])
    const wallet = await readWallet(clientOf(broken.chain.url), tokenPools, [everything()])
    await broken.rpc('anvil_setCode', [ankrEth, code])
    expect(assetOf(wallet, 'ankrETH').balance).toBe(0n)
  })

  test('behavior: without Multicall3 the ETH of an account is not known, and not 0', async () => {
    const { multicall3 } = broken.chain.places
    const code = await broken.rpc('eth_getCode', [multicall3, 'latest'])
    const client = clientOf(broken.chain.url)
    const before = await readWallet(client, tokenPools, [everything()])
    await broken.rpc('anvil_setCode', [multicall3, '0x'])
    const wallet = await readWallet(client, tokenPools, [everything()])
    await broken.rpc('anvil_setCode', [multicall3, code])
    expect(assetOf(before, 'ETH').balance).toBeGreaterThan(0n)
    expect(assetOf(wallet, 'ETH')).toMatchObject({ balance: undefined, why: expect.any(String) })
    expect(wallet.holdings.missing).toEqual(['ETH'])
    expect(assetOf(wallet, 'rETH').balance).toBe(assetOf(before, 'rETH').balance)
  })

  test('behavior: a token that answers nothing on mainnet is not known', async () => {
    const { ankrEth } = broken.chain.places
    const code = await broken.rpc('eth_getCode', [ankrEth, 'latest'])
    await broken.rpc('anvil_setCode', [ankrEth, '0x'])
    const proxy = await broken.proxy(pretendChain(31_337, 1))
    const client = createClient([endpointAt(proxy.url)], MAINNET)
    const wallet = await readWallet(client, tokenPools, [everything()])
    await broken.rpc('anvil_setCode', [ankrEth, code])
    expect(assetOf(wallet, 'ankrETH')).toMatchObject({ balance: undefined, why: expect.any(String) })
    expect(wallet.holdings.missing).toContain(ankrEth)
  })

  test('error: RateLimited, from the only endpoint that may be asked about a wallet', async () => {
    const [wallets, heads] = [
      await running.proxy(always(refuse(429, { message: 'rate limit' }))),
      await running.proxy(),
    ]
    const endpoints = [
      endpointAt(heads.url, 'a', ['head', 'archive']),
      endpointAt(wallets.url, 'b', ['wallet']),
    ]
    const client = createClient(endpoints, clientOf(wallets.url).network)
    await expect(readWallet(client, tokenPools, [everything()])).rejects.toBeInstanceOf(RateLimited)
    expect(heads.count()).toBe(0)
  })

  test.each([
    ['limits the rate', refuse(429, { message: 'rate limit' })],
    ['cannot be reached', { kind: 'reset' } as const],
    ['answers a web page', { kind: 'reply', status: 200, body: '<html></html>' } as const],
  ])(
    'behavior: the address goes to one operator, though another may see it and the first %s',
    async (_, fault) => {
      const [first, second] = [await running.proxy(always(fault)), await running.proxy()]
      const client = clientOf(first.url, second.url)
      for (let time = 0; time < 2; time++)
        await expect(readWallet(client, tokenPools, [everything()])).rejects.toHaveProperty('operator', 'a')
      expect(second.count()).toBe(0)
      expect(
        client.ledger.entries().map(({ operator, carriesAddress }) => [operator, carriesAddress]),
      ).toEqual([
        ['a', true],
        ['a', true],
      ])
    },
  )

  test('behavior: the address goes to the endpoint that was chosen', async () => {
    const [first, second] = [await running.proxy(), await running.proxy()]
    const { endpoints, network } = clientOf(first.url, second.url)
    const client = createClient(endpoints, network, { walletUrl: second.url })
    expect(await readWallet(client, tokenPools, [everything()])).toMatchObject({ operator: 'b' })
    expect(first.count()).toBe(0)
  })

  test('error: NoEndpointServed where no endpoint may be asked about a wallet', async () => {
    const proxy = await running.proxy()
    const client = createClient([endpointAt(proxy.url, 'a', ['head'])], clientOf(proxy.url).network)
    await expect(readWallet(client, tokenPools, [everything()])).rejects.toBeInstanceOf(NoEndpointServed)
    expect(proxy.count()).toBe(0)
  })

  test('error: WrongChain', async () => {
    const proxy = await running.proxy(pretendChain(31_337, 5))
    await expect(readWallet(clientOf(proxy.url), tokenPools, [everything()])).rejects.toBeInstanceOf(
      WrongChain,
    )
  })

  test('error: UnexpectedReply', async () => {
    const half = always({ kind: 'result', change: result => String(result).slice(0, 200) })
    const proxy = await running.proxy(half)
    await expect(readWallet(clientOf(proxy.url), tokenPools, [everything()])).rejects.toBeInstanceOf(
      UnexpectedReply,
    )
  })
})
