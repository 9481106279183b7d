import { memo, useMemo, useState } from 'react'
import { isAllExact, type LotMethod } from '../../../math/lots.ts'
import type { PastSource } from '../../receipt/pastReceipts.ts'
import { CardBar } from '../../ui/CardBar.tsx'
import page from '../../ui/Page.module.css'
import { Segmented } from '../../ui/Segmented.tsx'
import tables from '../../ui/Table.module.css'
import { Files } from './Files.tsx'
import { type HeldAsset, nameOf, wrapsAmong } from './held.ts'
import { LotTables } from './LotTables.tsx'
import { exactSums, type LotSums, lotSums, type TokenLots, tokenLots } from './lotRows.ts'
import styles from './Past.module.css'
import { FEW, ShowMore } from './ShowMore.tsx'
import { Worths } from './Worths.tsx'

const METHODS = ['fifo', 'average'] as const
const METHOD_LABELS = { fifo: 'First in, first out', average: 'Average cost' } as const
const SUMS = ['cost', 'worth', 'unrealised', 'realised'] as const
const SUM_LABELS: Readonly<Record<keyof LotSums, string>> = {
  cost: 'Cost of what is held',
  worth: 'Worth now',
  unrealised: 'Unrealised',
  realised: 'Realised',
}

/** Tokens whose lots are all shown at once. */
const OPEN = 2

type Shared = { readonly source: PastSource; readonly method: LotMethod }

type SumsProps = Shared & {
  readonly name: string
  readonly tokens: readonly TokenLots[]
  readonly isTotal?: boolean
}

const isTokenExact = ({ lots }: TokenLots): boolean => [...lots.lots, ...lots.disposals].every(isAllExact)

function SumsRow({ source, method, name, tokens, isTotal = false }: SumsProps) {
  const sums = lotSums(tokens)
  const isExact = (which: keyof LotSums): boolean => tokens.every(token => exactSums(token)[which])
  return (
    <tr data-total={isTotal}>
      <th scope="row">{name}</th>
      {SUMS.map(which => (
        <td key={which} data-label={SUM_LABELS[which]}>
          <Worths
            worth={sums[which]}
            receipt={book => book.lotSumReceipt({ ...source, which, method, tokens, sum: sums[which] })}
            isExact={isExact(which)}
            isGain={which === 'unrealised' || which === 'realised'}
          />
        </td>
      ))}
    </tr>
  )
}

type SumsTableProps = Shared & {
  readonly tokens: readonly TokenLots[]
  /** Tokens that are shown by themselves. */
  readonly most: number
}

function SumsTable({ tokens, most, ...shared }: SumsTableProps) {
  return (
    <table className={`${tables['table']} ${tables['lines']} ${styles['lots']}`}>
      <caption className="visually-hidden">Cost, worth and gains by token</caption>
      <thead>
        <tr>
          <th scope="col">Token</th>
          {SUMS.map(which => (
            <th key={which} scope="col">
              {SUM_LABELS[which]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tokens.length < 2 ? null : <SumsRow {...shared} name="Total" tokens={tokens} isTotal />}
        {tokens.slice(0, most).map(token => (
          <SumsRow key={token.held.asset.id} {...shared} name={nameOf(token.held.asset)} tokens={[token]} />
        ))}
      </tbody>
    </table>
  )
}

type Props = {
  readonly source: PastSource
  readonly held: readonly HeldAsset[]
  readonly chainId: bigint | undefined
}

/** What came, what went, what it cost and what it gained, by one of two methods. */
export const LotsCard = memo(function LotsCard({ source, held, chainId }: Props) {
  const [method, setMethod] = useState<LotMethod>('fifo')
  const tokens = useMemo(() => tokenLots(held, method), [held, method])
  const isWrap = useMemo(() => wrapsAmong(held), [held])
  const [isWhole, setIsWhole] = useState(false)
  const most = isWhole ? tokens.length : FEW
  const rest = tokens.length - most
  const isExact = tokens.every(isTokenExact)
  const hasWraps = held.some(({ course }) => course.moves.some(isWrap))
  return (
    <section aria-labelledby="lots-title">
      <CardBar id="lots-title" title="Lots">
        <Segmented
          label="Which lot goes first"
          options={METHODS}
          labels={METHOD_LABELS}
          value={method}
          onChange={setMethod}
        />
      </CardBar>
      <p className={page['note']}>
        <strong>Not tax advice; tokens lent, pooled or wrapped elsewhere are not seen.</strong> What came in
        counts as acquired and what went out as given away at the protocol’s own rate of that moment, whatever
        was paid or got for it. Dollars are those of Chainlink’s ETH/USD at the block, or at the next that was
        read.
        {isExact
          ? ''
          : ' ≈ marks what is not known to the block, or of which the rate is not known exactly, and what rests on the cost of such.'}
        {hasWraps
          ? ' Where one form of a stake became another, “wrapped”, it counts as one given away and the other acquired, at the protocol’s rate.'
          : ''}
      </p>
      <Files source={source} chainId={chainId} method={method} />
      <SumsTable source={source} method={method} tokens={tokens} most={most} />
      {tokens.slice(0, most).map(token => (
        <LotTables
          key={`${token.held.asset.id} ${method}`}
          source={source}
          method={method}
          isWrap={isWrap}
          token={token}
          isOpen={tokens.length <= OPEN}
        />
      ))}
      <ShowMore rest={rest} step={rest} onPress={() => setIsWhole(true)} />
    </section>
  )
})
