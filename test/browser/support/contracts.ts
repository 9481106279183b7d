import { type Abi, type Address, createPublicClient, http, type PublicClient, parseAbi } from 'viem'
import { PLACES } from '../../../src/embedded/addresses.ts'
import type { EmbeddedChain } from '../../../src/embedded/start.ts'

// The contracts asked anew, without anything of the page's own code between them and the test.

const WAD = 10n ** 18n
const FEED = parseAbi(['function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)'])
const TOKEN = parseAbi([
  'function totalSupply() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
])

type Listed = {
  readonly name: string
  readonly symbol: string
  readonly token: Address
  /** Function that gives the rate, and the contract where it is not the token itself. */
  readonly rate: readonly [string, Address?]
  /** Function that gives the whole product, and its contract. */
  readonly pooled?: readonly [string, Address]
}

const LISTED: readonly Listed[] = [
  { name: 'Rocket Pool', symbol: 'rETH', token: PLACES.reth, rate: ['getExchangeRate()'] },
  { name: 'Ankr', symbol: 'ankrETH', token: PLACES.ankrEth, rate: ['sharesToBonds(uint256)'] },
  {
    name: 'Lido',
    symbol: 'wstETH',
    token: PLACES.wsteth,
    rate: ['stEthPerToken()'],
    pooled: ['getTotalPooledEther()', PLACES.steth],
  },
  {
    name: 'Coinbase',
    symbol: 'cbETH',
    token: '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704',
    rate: ['exchangeRate()'],
  },
  {
    name: 'Binance',
    symbol: 'wBETH',
    token: '0xa2E3356610840701BDf5611a53974510Ae27E2e1',
    rate: ['exchangeRate()'],
  },
  {
    name: 'Frax',
    symbol: 'sfrxETH',
    token: '0xac3E018457B222d93114458476f3E3416Abbe38F',
    rate: ['pricePerShare()'],
  },
  {
    name: 'StakeWise',
    symbol: 'osETH',
    token: '0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38',
    rate: ['convertToAssets(uint256)', '0x2A261e60FB14586B474C208b1B7AC6D0f5000306'],
  },
  {
    name: 'Stader',
    symbol: 'ETHx',
    token: '0xA35b1B31Ce002FBF2058D22F30f95D405200A15b',
    rate: ['getExchangeRate()', '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299'],
  },
  {
    name: 'Mantle',
    symbol: 'mETH',
    token: '0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa',
    rate: ['mETHToETH(uint256)', '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f'],
    pooled: ['totalControlled()', '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f'],
  },
  {
    name: 'Swell',
    symbol: 'swETH',
    token: '0xf951E335afb289353dc249e82926178EaC7DEd78',
    rate: ['getRate()'],
  },
  {
    name: 'Liquid Collective',
    symbol: 'LsETH',
    token: '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549',
    rate: ['underlyingBalanceFromShares(uint256)'],
    pooled: ['totalUnderlyingSupply()', '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549'],
  },
  {
    name: 'ether.fi',
    symbol: 'weETH',
    token: '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee',
    rate: ['amountForShare(uint256)', '0x308861A430be4cce5502d0A12724771Fc6DaF216'],
    pooled: ['getTotalPooledEther()', '0x308861A430be4cce5502d0A12724771Fc6DaF216'],
  },
  {
    name: 'Origin',
    symbol: 'wOETH',
    token: '0xDcEe70654261AF21C44c093C300eD3Bb97b78192',
    rate: ['convertToAssets(uint256)'],
  },
  {
    name: 'Dinero',
    symbol: 'apxETH',
    token: '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6',
    rate: ['convertToAssets(uint256)'],
  },
]

type Contract = {
  readonly name: string
  readonly symbol: string
  readonly token: Address
  readonly rateAt: (block?: bigint) => Promise<bigint>
  readonly pooled: () => Promise<bigint>
}

/** What the contracts themselves answer. */
export type Contracts = {
  readonly client: PublicClient
  readonly pools: readonly Contract[]
  readonly balance: (token: Address, account: Address) => Promise<bigint>
  /** US dollars per ETH with 8 decimals. */
  readonly price: () => Promise<bigint>
}

/** Ask a function of one number, of one token where it takes an amount. */
async function ask(client: PublicClient, address: Address, called: string, block?: bigint): Promise<bigint> {
  const abi: Abi = parseAbi([`function ${called} view returns (uint256)`] as readonly string[])
  const functionName = called.slice(0, called.indexOf('('))
  const args = called.endsWith('(uint256)') ? [WAD] : []
  const at = block === undefined ? {} : { blockNumber: block }
  return (await client.readContract({ address, abi, functionName, args, ...at })) as bigint
}

function contractOf(client: PublicClient, { name, symbol, token, rate, pooled }: Listed): Contract {
  const [called, keeper = token] = rate
  const rateAt = (block?: bigint): Promise<bigint> => ask(client, keeper, called, block)
  return {
    name,
    symbol,
    token,
    rateAt,
    pooled: async () =>
      pooled === undefined
        ? ((await ask(client, token, 'totalSupply()')) * (await rateAt())) / WAD
        : ask(client, pooled[1], pooled[0]),
  }
}

/** Read the embedded chain's contracts through viem. */
export function readContracts({ url }: Pick<EmbeddedChain, 'url'>): Contracts {
  const client = createPublicClient({ transport: http(url) })
  return {
    client,
    pools: LISTED.map(listed => contractOf(client, listed)),
    balance: (token, account) =>
      client.readContract({ address: token, abi: TOKEN, functionName: 'balanceOf', args: [account] }),
    price: async () =>
      (
        await client.readContract({ address: PLACES.ethUsdFeed, abi: FEED, functionName: 'latestRoundData' })
      )[1],
  }
}
