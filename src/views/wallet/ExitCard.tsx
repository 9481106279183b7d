import { useState } from 'react'
import { formatAmount, formatChange, formatExact } from '../../format/number.ts'
import { aboutToken } from '../../pools/about.ts'
import { type Exit, exitsOf } from '../../queries/exits.ts'
import type { Live } from '../../queries/live.ts'
import type { Wallet } from '../../queries/wallet.ts'
import { written } from '../pool/exitFigure.ts'
import { CardBar } from '../ui/CardBar.tsx'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import page from '../ui/Page.module.css'
import { Skeleton } from '../ui/Skeleton.tsx'
import { ViewLink } from '../ui/ViewLink.tsx'
import styles from './ExitCard.module.css'
import { FEW, ShowMore } from './past/ShowMore.tsx'

type Props = { readonly wallet: Wallet; readonly live: Live }
type WayProps = Props & { readonly exit: Exit }

/** What the pool's contracts tell of the way out, beside what is paid at once. */
function Figures({ exit: { own }, live }: WayProps) {
  const { pool, facts } = own
  const told = pool.exit.figures.flatMap((figure, place) => {
    const fact = facts.exit[place]
    return fact === undefined || (figure.kind === 'amount' && figure.isPaidNow === true)
      ? []
      : [{ figure, fact }]
  })
  if (told.length === 0) return null
  return (
    <ul className={styles['figures']}>
      {told.map(({ figure, fact }) => {
        const shown = 'why' in fact ? undefined : written(figure, fact.value)
        return (
          <li key={figure.label}>
            {figure.label}:{' '}
            {shown === undefined ? (
              <UnknownFigure why={'why' in fact ? fact.why : ''} />
            ) : (
              <Figure
                exact={shown.exact}
                receipt={book => book.exitReceipt(live, own, figure, fact, shown.exact)}
                unit={shown.unit}
              >
                {shown.short}
              </Figure>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** What the protocol pays now, and what is left for later. */
function ByProtocol(props: WayProps) {
  const { exit, wallet, live } = props
  const { paid, value, own } = exit
  if (paid.kind === 'closed')
    return (
      <p>
        {paid.why} {aboutToken(own.pool).exit}
      </p>
    )
  if (paid.kind === 'unknown') return <UnknownFigure why={paid.why} />
  if (paid.kind === 'later')
    return (
      <>
        <p>{aboutToken(own.pool).exit}</p>
        <Figures {...props} />
      </>
    )
  const rest = value === undefined ? 0n : value - paid.now
  return (
    <>
      <p>
        <Figure
          exact={`${formatExact(paid.now)} ETH`}
          receipt={book => book.paidNowReceipt({ wallet, live, exit, paid })}
          unit="ETH"
        >
          {formatAmount(paid.now)}
        </Figure>{' '}
        now{rest === 0n ? ', all of it' : `; the other ${formatAmount(rest)} ETH not now`}
      </p>
      <p>{aboutToken(own.pool).exit}</p>
    </>
  )
}

function AtMarket({ exit, wallet, live }: WayProps) {
  const { market } = exit
  if ('why' in market) return <UnknownFigure why={market.why} />
  const word = market.premium < 0n ? 'discount' : 'premium'
  return (
    <p>
      <Figure
        exact={`${formatExact(market.ether)} ETH`}
        receipt={book => book.atMarketReceipt({ wallet, live, exit, market })}
        unit="ETH"
      >
        {formatAmount(market.ether)}
      </Figure>{' '}
      <small>
        {formatChange(market.premium, 2)} % {word}
        {market.isNoise ? ', within noise' : ''}
      </small>
    </p>
  )
}

function Exits({ wallet, live }: Props) {
  const [isWhole, setIsWhole] = useState(false)
  const exits = exitsOf(wallet, live)
  const shown = isWhole ? exits : exits.slice(0, FEW)
  const rest = exits.length - shown.length
  return (
    <>
      <div className={styles['exits']}>
        {shown.map(exit => {
          const { asset, value, own } = exit
          const props = { exit, wallet, live }
          return (
            <div key={asset.id} className={styles['exit']}>
              <h3>
                <ViewLink to={`/pool/${own.pool.id}`}>{asset.symbol}</ViewLink>{' '}
                <small>{value === undefined ? 'value not known' : `worth ${formatAmount(value)} ETH`}</small>
              </h3>
              <dl>
                <div>
                  <dt>By the protocol</dt>
                  <dd>
                    <ByProtocol {...props} />
                  </dd>
                </div>
                <div>
                  <dt>At the market</dt>
                  <dd>
                    <AtMarket {...props} />
                  </dd>
                </div>
              </dl>
            </div>
          )
        })}
      </div>
      <ShowMore rest={rest} step={rest} onPress={() => setIsWhole(true)} />
    </>
  )
}

/** What the holdings would give today: by the protocols' own redemption, and at the market's price. */
export function ExitCard({ wallet, live }: { readonly wallet: Wallet; readonly live: Live | undefined }) {
  const isStaked = wallet.assets.some(({ poolId, balance }) => poolId !== undefined && balance !== 0n)
  if (!isStaked) return null
  return (
    <section className={page['card']} aria-labelledby="exit-title">
      <CardBar id="exit-title" title="Exit today" />
      {live === undefined ? (
        <Skeleton rows={3} height={60} label="Reading the ways out" />
      ) : (
        <Exits wallet={wallet} live={live} />
      )}
      <p className={page['note']}>
        Before gas and whatever a pool or an exchange takes. What a market pays is its feed’s price for small
        amounts. Not tax advice; tokens lent, pooled or wrapped elsewhere are not seen.
      </p>
    </section>
  )
}
