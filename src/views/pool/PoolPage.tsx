import { formatBlock, formatFee } from '../../format/number.ts'
import { quoted } from '../../format/quoted.ts'
import { formatAge } from '../../format/time.ts'
import { aboutPool, aboutToken, aboutTokenless } from '../../pools/about.ts'
import { isTokenPool, type Pool } from '../../pools/definePool.ts'
import { useSession } from '../../queries/session.ts'
import { Boundary } from '../ui/Boundary.tsx'
import callouts from '../ui/Callout.module.css'
import { CardBar } from '../ui/CardBar.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import page from '../ui/Page.module.css'
import { useTitle } from '../ui/useTitle.ts'
import { ViewLink } from '../ui/ViewLink.tsx'
import { PoolFigures } from './PoolFigures.tsx'
import styles from './PoolPage.module.css'

function Contracts({ pool }: { readonly pool: Pool }) {
  return (
    <section className={page['card']} aria-labelledby="contracts-title">
      <CardBar id="contracts-title" title="Contracts on mainnet" />
      <ul className={styles['contracts']}>
        {aboutPool(pool).contracts.map(({ name, address, note }) => (
          <li key={address}>
            <b>{name}</b>
            <span>
              <a href={`https://etherscan.io/address/${address}`} rel="noreferrer">
                <code>{address}</code>
              </a>{' '}
              <CopyButton text={address} label={`Copy the address of ${name}`} />
            </span>
            {note === undefined ? null : <small>{note}</small>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function feeInWords(pool: Extract<Pool, { kind: 'token' }>): string {
  const { fee } = pool
  if (fee.kind === 'unknown') return fee.why
  if (fee.kind === 'published')
    return `${formatFee(fee.fraction)} % of the rewards, as published by ${fee.source}, looked up on ${fee.date}. It is not read from a contract.`
  return `${fee.reads.map(({ signature }) => signature.replace(/ view.*/, '')).join(' + ')}, of the rewards. ${aboutToken(pool).fee ?? ''}`
}

function Computed({ pool }: { readonly pool: Extract<Pool, { kind: 'token' }> }) {
  return (
    <section className={page['card']} aria-labelledby="computed-title">
      <CardBar id="computed-title" title="How it is computed" />
      <dl className={styles['computed']}>
        <dt>Rate</dt>
        <dd>
          <code>{pool.rate.signature}</code> of {pool.token.symbol}, {pool.unit} per token with 18 decimals.
          It is net of the pool’s fee.
        </dd>
        <dt>Supply</dt>
        <dd>{aboutToken(pool).supply}</dd>
        <dt>Fee</dt>
        <dd>{feeInWords(pool)}</dd>
        <dt>Moves</dt>
        <dd>
          {pool.accrual === 'report'
            ? `When an oracle reports, about every ${formatAge(pool.cadence)}; between two reports the rate stands still.`
            : 'With every block.'}
          {pool.streamEnd === undefined
            ? ''
            : ' Rewards stream in for up to seven days; after the end of a stream it stands still until the next begins.'}
          {pool.dust === undefined
            ? ''
            : ' Ordinary transactions move it by rounding, far less than a report: such dust is not taken for one.'}
        </dd>
        {pool.unit === 'ETH' ? null : (
          <>
            <dt>Unit</dt>
            <dd>
              The rate counts {pool.unit}, not ETH. Supply, share and US dollars count 1 {pool.unit} as 1 ETH,
              which no contract promises; a market’s price of it is the premium above.
            </dd>
          </>
        )}
        <dt>Market price</dt>
        <dd>{pool.market.kind === 'none' ? pool.market.why : `${pool.market.name}, ${pool.market.feed}.`}</dd>
        <dt>History</dt>
        <dd>
          Readable since mainnet block {formatBlock(pool.firstBlock)}
          {pool.readableBy === undefined ? '' : ' at the earliest; the exact block is not established'}. A
          sample a day is taken at fixed blocks; a change shows in the first sample after it, and the yield
          says how much that may matter.
        </dd>
      </dl>
    </section>
  )
}

function Links({ pool }: { readonly pool: Pool }) {
  return (
    <p className={styles['links']}>
      {aboutPool(pool).links.map(({ label, url }) => (
        <a key={url} href={url} rel="noreferrer">
          {label}
        </a>
      ))}
    </p>
  )
}

/** Title and description of the page. */
function wordsOf(pool: Pool | undefined): [string, string] {
  if (pool === undefined) return ['No such pool', 'There is no pool at this address.']
  return isTokenPool(pool)
    ? [
        `${pool.name} (${pool.token.symbol}): rate and implied APY`,
        `What ${pool.token.symbol} of ${pool.name} is worth, what it has earned, its supply, fee and history, read from its contracts on Ethereum.`,
      ]
    : [`${pool.name}: no token`, `What the chain tells of ${pool.name}, and what it does not.`]
}

/** One pool: its figures, its history, its contracts, and how the figures come about. */
export function PoolPage({ id }: { readonly id: string }) {
  const { pools } = useSession()
  const pool = pools.find(other => other.id === id)
  useTitle(...wordsOf(pool))
  if (pool === undefined) {
    return (
      <section className={page['page']}>
        <h1>No such pool</h1>
        <p className={page['lead']}>
          {quoted(id)} is not a pool that Poolglass reads.{' '}
          <ViewLink to="/">Go to the overview, which lists them all.</ViewLink>
        </p>
      </section>
    )
  }
  return (
    <article className={page['page']}>
      <h1 className={styles['name']}>
        {pool.name} <span>{isTokenPool(pool) ? pool.token.symbol : 'institutional, no token'}</span>
      </h1>
      <p className={page['lead']}>{aboutPool(pool).summary}</p>
      {isTokenPool(pool) ? (
        <Boundary key={pool.id} what="the pool">
          <PoolFigures pool={pool} />
        </Boundary>
      ) : (
        <p className={callouts['callout']}>{aboutTokenless(pool).reason}</p>
      )}
      {isTokenPool(pool) ? <Computed pool={pool} /> : null}
      <Contracts pool={pool} />
      <Links pool={pool} />
    </article>
  )
}
