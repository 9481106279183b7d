import { formatDoubt, formatPercent } from '../../format/number.ts'
import { formatSpan } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { Wad } from '../../math/fixedPoint.ts'
import { farthest, isYield } from '../../math/window.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { poolColour } from '../ui/poolColour.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import styles from './PoolsTable.module.css'
import { countInWords, WHY_NO_YIELD } from './poolFigures.ts'
import type { TableRow } from './tableRows.ts'
import { YieldScale } from './YieldScale.tsx'

function YieldCell({ row, measure }: { readonly row: TableRow; readonly measure: YieldMeasure }) {
  const { result, pool, band, series, spread } = row
  if (!isYield(result)) return <UnknownFigure why={WHY_NO_YIELD[result.why]} />
  const value = result[measure]
  const off = band === undefined ? undefined : farthest(value, band)
  return (
    <span className={styles['yield']}>
      <Figure
        emphasis="strong"
        exact={`${formatPercent(value, 6)} %, over ${formatSpan(result.span)}`}
        receipt={book => book.yieldReceipt({ pool, result, measure, source: series.operators, spread })}
        unit="%"
      >
        <span data-falls={value < 0n}>{formatPercent(value)}</span>
      </Figure>
      <span className={styles['under']}>
        {formatSpan(result.span)}
        {pool.accrual === 'continuous' ? null : (
          <span className={styles['count']}>, {countInWords(result)}</span>
        )}
        {surenessInWords(off)}
      </span>
    </span>
  )
}

/** How far a yield may be off. */
function surenessInWords(off: Wad | undefined): string {
  if (off === undefined) return ', ± not known'
  if (off === 0n) return ', exact'
  return `, ±${formatDoubt(off)}`
}

type Props = {
  readonly row: TableRow
  readonly measure: YieldMeasure
  readonly scale: readonly [number, number]
}

/** The yield of a pool: as a figure, on the scale of all, and over time. */
export function YieldCells({ row, measure, scale }: Props) {
  const { pool, result, band, spark } = row
  return (
    <>
      <td className={styles['apy']}>
        <YieldCell row={row} measure={measure} />
      </td>
      <td className={styles['scale']}>
        {isYield(result) ? (
          <YieldScale value={result[measure]} band={band} scale={scale} colour={poolColour(pool)} />
        ) : null}
      </td>
      <td className={styles['spark']}>
        <Sparkline values={spark} colour={poolColour(pool)} />
      </td>
    </>
  )
}
