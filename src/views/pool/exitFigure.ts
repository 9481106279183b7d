import { formatAmount, formatCount, formatExact, formatPercent } from '../../format/number.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import type { ExitFigure } from '../../pools/definePool.ts'

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
