import { aboutToken } from '../../pools/about.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { CardBar } from '../ui/CardBar.tsx'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import page from '../ui/Page.module.css'
import { written } from './exitFigure.ts'
import styles from './PoolPage.module.css'

type Props = { readonly live: Live; readonly own: LivePool }

/** How a holder leaves by the protocol itself, and what its contracts tell of it now. */
export function ExitToday({ live, own }: Props) {
  const { exit } = own.pool
  return (
    <section aria-labelledby="exit-title" className={`${page['card']} ${styles['exit']}`}>
      <CardBar id="exit-title" title="Exit today" />
      <p className={page['lead']}>{aboutToken(own.pool).exit}</p>
      {exit.figures.length === 0 ? null : (
        <dl className={styles['figures']}>
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
