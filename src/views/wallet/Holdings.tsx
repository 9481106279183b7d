import { formatBlock } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { useSettledWallet } from '../../queries/settledWallet.ts'
import type { Wallet } from '../../queries/wallet.ts'
import { Async } from '../ui/Async.tsx'
import callouts from '../ui/Callout.module.css'
import page from '../ui/Page.module.css'
import { Skeleton } from '../ui/Skeleton.tsx'
import { AskInstead } from './AskInstead.tsx'
import styles from './Holdings.module.css'
import { HoldingsTable } from './HoldingsTable.tsx'
import { Total } from './Total.tsx'
import { useOutlook } from './useOutlook.ts'

/** Rows of grey lines: how many tokens there are to come, nobody knows. */
const ROWS = 6

const holdsNothing = ({ holdings, assets }: Wallet): boolean =>
  holdings.missing.length === 0 && assets.every(({ balance }) => balance === 0n)

function Nothing({ accounts }: { readonly accounts: readonly string[] }) {
  const them = accounts.length === 1 ? 'This address holds' : 'These addresses hold'
  return (
    <p className={callouts['callout']}>
      {them} no ETH and none of the tokens that Poolglass reads. If that surprises you, check that the address
      is whole, and remember that tokens lent, pooled or wrapped elsewhere are not seen.
    </p>
  )
}

function Figures({ wallet }: { readonly wallet: Wallet }) {
  const outlook = useOutlook(wallet)
  const them = wallet.accounts.length === 1 ? 'the address' : 'the addresses'
  return (
    <>
      <h2 className="visually-hidden">Holdings</h2>
      <Total wallet={wallet} outlook={outlook} />
      <HoldingsTable wallet={wallet} outlook={outlook} />
      <p className={page['note']}>
        Read at block {formatBlock(wallet.block)}, {formatTime(wallet.time)}, from {wallet.operator} alone,
        which has seen {them}; the rates are held against those of other operators, the balances cannot be
        without showing them {them}. Values are at each protocol’s own rate, not at a market’s. What it earns
        is what the present yields would give if they stayed as they are. Not tax advice; tokens lent, pooled
        or wrapped elsewhere are not seen. Nothing about the wallet is stored unless you ask for it.
      </p>
    </>
  )
}

/** What some accounts hold together, and what it earns. */
export function Holdings({ accounts }: { readonly accounts: readonly string[] }) {
  const query = useSettledWallet(accounts)
  const pending = (
    <div className={styles['pending']}>
      <Skeleton rows={ROWS} height={48} label="Reading the wallet" />
    </div>
  )
  return (
    <>
      {query.isError ? <AskInstead /> : null}
      <Async
        query={query}
        what="the wallet"
        pending={pending}
        empty={{ when: holdsNothing, show: <Nothing accounts={accounts} /> }}
      >
        {wallet => <Figures wallet={wallet} />}
      </Async>
    </>
  )
}
