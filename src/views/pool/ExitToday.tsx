import { formatAmount, formatCount, formatExact, formatPercent } from '../../format/number.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import { aboutToken } from '../../pools/about.ts'
import type { ExitFigure } from '../../pools/definePool.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { CardBar } from '../ui/CardBar.tsx'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import page from '../ui/Page.module.css'
import styles from './PoolPage.module.css'

/** An exit figure as it is shown. */
type Written = { readonly short: string; readonly exact: string; readonly unit: string }

/** Write an exit figure in its unit. */
export function written(figure: ExitFigure, value: bigint): Written {
  switch (figure.kind) {
    case 'amount':
      return { short: formatAmount(value), exact: `${formatExact(value)} ${figure.unit}`, unit: figure.unit }
    case 'count':
      return { short: formatCount(value), exact: `${formatCount(value)} ${figure.unit}`, unit: figure.unit }
    case 'share': {
      const share = mulDivDown(value, WAD, figure.whole)
      return { short: formatPercent(share), exact: `${formatPercent(share, 6)} %`, unit: '%' }
    }
  }
}

type Props = { readonly live: Live; readonly own: LivePool }

/** How a holder leaves by the protocol itself, and what its contracts tell of it now. */
export function ExitToday({ live, own }: Props) {
  const { exit } = own.pool
  return (
    <section aria-labelledby="exit-title" className={page['card']}>
      <CardBar id="exit-title" title="Exit today" />
      <p className={page['lead']}>{aboutToken(own.pool).exit}</p>
      {exit.figures.length === 0 ? null : (
        <dl className={`${styles['figures']} ${styles['exit']}`}>
          {exit.figures.map((figure, index) => {
            const told = own.facts.exit[index]
            if (told === undefined || 'why' in told)
              return (
                <div key={figure.label}>
                  <dt>{figure.label}</dt>
                  <dd>
                    <UnknownFigure why={told?.why ?? 'It was not read.'} />
                  </dd>
                </div>
              )
            const { short, exact, unit } = written(figure, told.value)
            return (
              <div key={figure.label}>
                <dt>{figure.label}</dt>
                <dd>
                  <Figure
                    exact={exact}
                    receipt={book => book.exitReceipt(live, own, figure, told, exact)}
                    unit={unit}
                  >
                    {short}
                  </Figure>
                </dd>
                {figure.note === undefined ? null : <dd className={styles['under']}>{figure.note}</dd>}
              </div>
            )
          })}
        </dl>
      )}
    </section>
  )
}
