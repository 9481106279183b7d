import { type Address, createPublicClient, http, type PublicClient, parseAbi } from 'viem'
import { PLACES } from '../../../src/embedded/addresses.ts'
import type { EmbeddedChain } from '../../../src/embedded/start.ts'

// The contracts asked anew, without anything of the page's own code between them and the test.

const WAD = 10n ** 18n
const RATES = parseAbi([
  'function getExchangeRate() view returns (uint256)',
  'function sharesToBonds(uint256 amount) view returns (uint256)',
  'function stEthPerToken() view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function getTotalPooledEther() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
])
const FEED = parseAbi(['function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)'])

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

/** Read the embedded chain's contracts through viem. */
export function readContracts({ url }: Pick<EmbeddedChain, 'url'>): Contracts {
  const client = createPublicClient({ transport: http(url) })
  const at = (blockNumber: bigint | undefined) => (blockNumber === undefined ? {} : { blockNumber })
  const total = (address: Address) =>
    client.readContract({ address, abi: RATES, functionName: 'totalSupply' })
  const rethRate = (block?: bigint) =>
    client.readContract({
      address: PLACES.reth,
      abi: RATES,
      functionName: 'getExchangeRate',
      ...at(block),
    })
  const ankrRate = (block?: bigint) =>
    client.readContract({
      address: PLACES.ankrEth,
      abi: RATES,
      functionName: 'sharesToBonds',
      args: [WAD],
      ...at(block),
    })
  const wstethRate = (block?: bigint) =>
    client.readContract({ address: PLACES.wsteth, abi: RATES, functionName: 'stEthPerToken', ...at(block) })
  return {
    client,
    pools: [
      {
        name: 'Rocket Pool',
        symbol: 'rETH',
        token: PLACES.reth,
        rateAt: rethRate,
        pooled: async () => ((await total(PLACES.reth)) * (await rethRate())) / WAD,
      },
      {
        name: 'Ankr',
        symbol: 'ankrETH',
        token: PLACES.ankrEth,
        rateAt: ankrRate,
        pooled: async () => ((await total(PLACES.ankrEth)) * (await ankrRate())) / WAD,
      },
      {
        name: 'Lido',
        symbol: 'wstETH',
        token: PLACES.wsteth,
        rateAt: wstethRate,
        pooled: () =>
          client.readContract({ address: PLACES.steth, abi: RATES, functionName: 'getTotalPooledEther' }),
      },
    ],
    balance: (token, account) =>
      client.readContract({ address: token, abi: RATES, functionName: 'balanceOf', args: [account] }),
    price: async () =>
      (
        await client.readContract({ address: PLACES.ethUsdFeed, abi: FEED, functionName: 'latestRoundData' })
      )[1],
  }
}
