import { formatBlock } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { InvalidAddress, parseAddress } from '../../pools/account.ts'
import { useSettledWallet } from '../../queries/settledWallet.ts'
import type { Wallet } from '../../queries/wallet.ts'
import { Async } from '../ui/Async.tsx'
import { Boundary } from '../ui/Boundary.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { AskInstead } from './AskInstead.tsx'
import { HoldingsTable } from './HoldingsTable.tsx'
import { Total } from './Total.tsx'
import styles from './WalletPage.module.css'

const holdsNothing = ({ holdings, assets }: Wallet): boolean =>
  holdings.missing.length === 0 && assets.every(({ balance }) => balance === 0n)

function Nothing() {
  return (
    <p className={styles['nothing']}>
      This address holds no ETH and none of the tokens that Poolglass reads. If that surprises you, check that
      the address is whole, and remember that tokens lent, pooled or wrapped elsewhere are not seen.
    </p>
  )
}

function Holdings({ address }: { readonly address: string }) {
  const query = useSettledWallet(address)
  const pending = <Skeleton rows={7} height={48} label="Reading the wallet" />
  return (
    <>
      {query.isError ? <AskInstead /> : null}
      <Async
        query={query}
        what="the wallet"
        pending={pending}
        empty={{ when: holdsNothing, show: <Nothing /> }}
      >
        {wallet => (
          <>
            <Total wallet={wallet} />
            <HoldingsTable wallet={wallet} />
            <p className={styles['note']}>
              Read at block {formatBlock(wallet.block)}, {formatTime(wallet.time)}, from {wallet.operator}
              alone, which has seen the address; the rates are held against those of other operators, the
              balances cannot be without showing them the address. Values are at each protocol’s own rate, not
              at a market’s. Tokens lent, pooled or wrapped elsewhere are not seen. Nothing about the wallet
              is stored.
            </p>
          </>
        )}
      </Async>
    </>
  )
}

function parsed(text: string): { readonly address: string } | { readonly problem: string } {
  try {
    return { address: parseAddress(text) }
  } catch (error) {
    if (error instanceof InvalidAddress) return { problem: error.message }
    throw error
  }
}

/** What a pasted address holds. */
export function WalletPage({ text }: { readonly text: string }) {
  const result = parsed(text)
  return (
    <section className={styles['page']} aria-labelledby="wallet-title">
      <h1 id="wallet-title">Wallet</h1>
      {'problem' in result ? (
        <p className={styles['problem']} role="alert">
          {result.problem}
        </p>
      ) : (
        <>
          <p className={styles['address']}>{result.address}</p>
          <Boundary key={result.address} what="the wallet">
            <Holdings address={result.address} />
          </Boundary>
        </>
      )}
    </section>
  )
}
