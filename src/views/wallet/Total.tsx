import { formatAmount, formatDollars, formatExact, formatPercent } from '../../format/number.ts'
import { etherInDollars } from '../../math/holdings.ts'
import { earnedTogether } from '../../queries/outlook.ts'
import type { Wallet } from '../../queries/wallet.ts'
import { WINDOW_WORDS } from '../state/viewState.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import styles from './Holdings.module.css'
import { SPANS, type WindowOutlook } from './outlook.ts'

type Props = { readonly wallet: Wallet; readonly outlook: WindowOutlook }

/** Why what the wallet earns is not known, by the names of its assets. */
function whyNotKnown({ assets }: Wallet, { weighted, prospects }: WindowOutlook): string {
  const names = assets.filter(({ id }) => weighted.missing.includes(id)).map(({ symbol }) => symbol)
  const reasons = weighted.missing.flatMap(id => {
    const prospect = prospects.get(id)
    return prospect?.kind === 'unknown' ? prospect.why : []
  })
  return `The yield of ${names.join(', ')} is not known. ${[...new Set(reasons)].join(' ')}`
}

function Earns({ wallet, outlook }: Props) {
  const { weighted } = outlook
  if (weighted.staked === 0n) return null
  const why = whyNotKnown(wallet, outlook)
  return (
    <p className={styles['earns']}>
      Earns{' '}
      {SPANS.map(({ id, words, span }, place) => {
        const amount = earnedTogether(outlook, span)
        return (
          <span key={id}>
            {place === 0 ? '' : ', '}
            {amount === undefined ? (
              <UnknownFigure why={why} />
            ) : (
              <Figure
                exact={`${formatExact(amount)} ETH`}
                receipt={book => book.earnsTogetherReceipt(wallet, outlook, span)}
                unit="ETH"
              >
                <span data-falls={amount < 0n}>{formatAmount(amount)}</span>
              </Figure>
            )}{' '}
            {words}
          </span>
        )
      })}{' '}
      at the yields of the last {WINDOW_WORDS[outlook.window]}.
    </p>
  )
}

function Weighted({ wallet, outlook }: Props) {
  const { weighted } = outlook
  if (weighted.staked === 0n) return null
  const part = (of: 'staked' | 'whole') => {
    const apy = of === 'staked' ? weighted.ofStaked : weighted.ofWhole
    return apy === undefined ? (
      <UnknownFigure why={whyNotKnown(wallet, outlook)} />
    ) : (
      <Figure
        exact={`${formatPercent(apy, 6)} %`}
        receipt={book => book.weightedReceipt(wallet, outlook, of)}
        unit="%"
      >
        <span data-falls={apy < 0n}>{formatPercent(apy)}</span>
      </Figure>
    )
  }
  return (
    <p className={styles['weighted']}>
      Weighted APY: {part('staked')} on what is staked
      {weighted.whole === weighted.staked ? '' : <>, {part('whole')} on everything that is held</>}.
    </p>
  )
}

/** The sum of a wallet in ETH and US dollars, and what it earns; what could not be read is named. */
export function Total({ wallet, outlook }: Props) {
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
      <Earns wallet={wallet} outlook={outlook} />
      <Weighted wallet={wallet} outlook={outlook} />
    </div>
  )
}
