import { memo, useMemo } from 'react'
import { formatAmount, formatChange, formatExact, formatPercent } from '../../../format/number.ts'
import { formatDay } from '../../../format/time.ts'
import { useSession } from '../../../queries/session.ts'
import type { PastSource } from '../../receipt/pastReceipts.ts'
import type { MakeReceipt } from '../../receipt/receiptContext.ts'
import { CardBar } from '../../ui/CardBar.tsx'
import { Figure, UnknownFigure } from '../../ui/Figure.tsx'
import page from '../../ui/Page.module.css'
import { poolColour } from '../../ui/poolColour.ts'
import tables from '../../ui/Table.module.css'
import { ViewLink } from '../../ui/ViewLink.tsx'
import type { HeldAsset } from './held.ts'
import styles from './Past.module.css'
import { type LeftOut, type ReplayRow, type Replays, replaysOf, WALLET } from './replayRows.ts'

function Name({ row: { id, pool, name } }: { readonly row: ReplayRow }) {
  if (pool === undefined) return id === WALLET ? <b>{name}</b> : name
  return (
    <>
      <i className={styles['dot']} style={{ background: poolColour(pool) }} />
      <ViewLink to={`/pool/${pool.id}`}>{name}</ViewLink> <small>{pool.token.symbol}</small>
    </>
  )
}

type RowProps = { readonly source: PastSource; readonly row: ReplayRow; readonly replays: Replays }

function Row({ source, row, replays }: RowProps) {
  const { id, value, difference, fraction } = row
  const receipt: MakeReceipt = book => book.replayReceipt({ ...source, row, replays })
  const about = replays.isExact || id === WALLET ? '' : '≈ '
  const falls = difference < 0n
  return (
    <tr data-own={id === WALLET}>
      <th scope="row">
        <Name row={row} />
      </th>
      <td>
        <Figure exact={`${formatExact(value)} ETH`} receipt={receipt} unit="ETH">
          {about}
          {formatAmount(value)}
        </Figure>
      </td>
      {id === WALLET ? (
        <td className={styles['moved']} colSpan={2}>
          what the others are held against
        </td>
      ) : (
        <>
          <td data-label="Against this wallet" data-falls={falls}>
            <Figure exact={`${formatExact(difference)} ETH`} receipt={receipt} unit="ETH">
              {about}
              {difference > 0n ? '+' : ''}
              {formatAmount(difference)}
            </Figure>
          </td>
          <td data-falls={falls}>
            {fraction === undefined ? (
              <UnknownFigure why="Nothing is held now, so there is nothing to take a part of." />
            ) : (
              <Figure exact={`${formatPercent(fraction, 6)} %`} receipt={receipt} unit="%">
                {about}
                {formatChange(fraction, 2)}
              </Figure>
            )}
          </td>
        </>
      )}
    </tr>
  )
}

function leftOutInWords(leftOut: readonly LeftOut[], first: string): string {
  const names = (why: LeftOut['why']): string =>
    leftOut
      .filter(one => one.why === why)
      .map(({ pool }) => pool.name)
      .join(', ')
  const [later, unread] = [names('later'), names('unread')]
  return [
    later === ''
      ? ''
      : `Left out, since no rate of theirs is known for ${first}, when the first ETH came in: ${later}.`,
    unread === '' ? '' : `Left out, since their rate could not be read at one of the dates: ${unread}.`,
  ]
    .filter(sentence => sentence !== '')
    .join(' ')
}

type Props = {
  readonly source: PastSource
  readonly held: readonly HeldAsset[]
}

/** What the same ether, in and out on the same dates, would be worth in other pools and in none. */
export const ReplayCard = memo(function ReplayCard({ source, held }: Props) {
  const { tokenPools } = useSession()
  const { past } = source
  const replays = useMemo(() => replaysOf(past, held, tokenPools), [past, held, tokenPools])
  if (replays === undefined) return null
  const { rows, leftOut, first, isExact } = replays
  return (
    <section aria-labelledby="replay-title">
      <CardBar id="replay-title" title="The same ETH on the same dates" />
      <table className={`${tables['table']} ${tables['lines']} ${styles['replay']}`}>
        <caption className="visually-hidden">
          What the same ETH, in and out on the same dates, would be worth now
        </caption>
        <thead>
          <tr>
            <th scope="col">With</th>
            <th scope="col">Worth now</th>
            <th scope="col">Against this wallet</th>
            <th scope="col">In percent</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <Row key={row.id} source={source} row={row} replays={replays} />
          ))}
        </tbody>
      </table>
      <p className={page['note']}>
        Each time something came in or went out, the same worth in ETH goes into or out of the pool of the
        row, at that pool’s own rate of the moment; fees of entry and exit, market prices, gas and taxes are
        not counted. A look back, not a promise.
        {isExact
          ? ''
          : ' ≈: of some moves the rate is known only to lie between two values, or the block was not read; the middle is taken, and the other pool’s rate of the next moment that was read.'}{' '}
        {leftOutInWords(leftOut, formatDay(first))} Rates in frxETH, pxETH or OETH are counted as if 1 were 1
        ETH.
      </p>
    </section>
  )
})
