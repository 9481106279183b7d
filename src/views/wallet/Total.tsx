import { formatAmount, formatDollars, formatExact } from '../../format/number.ts'
import { etherInDollars } from '../../math/holdings.ts'
import type { Wallet } from '../../queries/wallet.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import styles from './WalletPage.module.css'

/** The sum of a wallet in ETH and US dollars; what could not be read is named, not left out in silence. */
export function Total({ wallet }: { readonly wallet: Wallet }) {
  const { holdings, price, assets } = wallet
  const missing = assets.filter(({ id }) => holdings.missing.includes(id)).map(({ symbol }) => symbol)
  return (
    <div className={styles['total']}>
      <p>
        <Figure
          exact={`${formatExact(holdings.total)} ETH`}
          receipt={book => book.totalReceipt(wallet)}
          unit="ETH"
        >
          {formatAmount(holdings.total)}
        </Figure>
      </p>
      <p className={styles['dollars']}>
        {price.price === undefined ? (
          <UnknownFigure why={price.why ?? 'The price of ether is not known.'} />
        ) : (
          <Figure
            exact={`1 ETH = ${formatExact(price.price.answer, 8)} USD`}
            receipt={book => book.totalInDollarsReceipt(wallet)}
          >
            {formatDollars(etherInDollars(holdings.total, price.price.answer))}
          </Figure>
        )}
      </p>
      {missing.length === 0 ? null : (
        <p className={styles['missing']}>Without {missing.join(', ')}, which could not be read.</p>
      )}
    </div>
  )
}
