import type { Wei } from '../math/fixedPoint.ts'
import type { Holdings } from '../math/holdings.ts'
import type { TokenPool } from '../pools/definePool.ts'
import type { AccountKind } from './accountKind.ts'

const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000'

/** Symbol of the token whose contract an account is; undefined for any other account. */
function tokenAt(account: string, pools: readonly TokenPool[]): string | undefined {
  const tokens = pools.flatMap(({ token, siblings }) => [token, ...siblings])
  return tokens.find(({ address }) => address.toLowerCase() === account.toLowerCase())?.symbol
}

/**
 * Say what a reader should know of an account before taking what it holds for somebody's; undefined where nothing is
 * unusual.
 * @param kind undefined where it is not known yet
 */
export function remarkOn(
  account: string,
  pools: readonly TokenPool[],
  kind: AccountKind | undefined,
): string | undefined {
  if (account === ZERO_ADDRESS)
    return 'Nobody has the key of the zero address: what was sent there is lost, and for many tokens that is how they are burnt.'
  const symbol = tokenAt(account, pools)
  if (symbol !== undefined)
    return `This is the contract of ${symbol} itself: what it holds was sent to it by mistake or is kept by the protocol.`
  if (kind === 'contract') return 'This address is a contract: what it holds may belong to many people.'
  if (kind === 'delegated')
    return 'A contract may act for this address (EIP-7702), besides the holder of its key.'
  return undefined
}

/** Less than a millionth of an ETH is left over from something, not held. */
const DUST: Wei = 10n ** 12n

/** Say that all that is held is too little to matter; undefined where it is not, or is nothing, or is not known. */
export const remarkOnSum = ({ total, missing }: Pick<Holdings, 'total' | 'missing'>): string | undefined =>
  missing.length === 0 && total > 0n && total < DUST
    ? 'All of it together is dust: less than a millionth of an ETH.'
    : undefined
