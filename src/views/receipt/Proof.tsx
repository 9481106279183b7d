import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatBlock, formatExact } from '../../format/number.ts'
import { isNotOffered, proofQuery, type RateProof } from '../../queries/proof.ts'
import { useSession } from '../../queries/session.ts'
import page from '../ui/Page.module.css'
import press from '../ui/Press.module.css'
import { Reason } from './Reason.tsx'
import styles from './Receipt.module.css'
import type { ReceiptCall } from './receipt.ts'

/** Whose word the hash is, from which all else is proven. */
function Hash({ proof: { hash, operator, witness } }: { readonly proof: RateProof }) {
  return (
    <p className={page['note']}>
      The block’s hash <code>{hash}</code>{' '}
      {witness.kind === 'agreed' ? (
        `is one that ${operator} and ${witness.operator} agree on.`
      ) : (
        <>
          is {operator}’s word alone: only {operator} gave it.
          {witness.kind === 'alone' ? (
            <>
              {' '}
              <Reason error={witness.why} />
            </>
          ) : null}
        </>
      )}
    </p>
  )
}

/** A state that proves something else than the page shows, or a block that not all know. */
function Contradiction({ proof, shown }: { readonly proof: RateProof; readonly shown: bigint }) {
  const { block, operator, witness, rate, hash } = proof
  if (witness.kind === 'differs')
    return (
      <p className={styles['loud']} role="alert">
        {operator} and {witness.operator} have different blocks {formatBlock(block)}: {operator} says{' '}
        <code>{hash}</code>, {witness.operator} says <code>{witness.hash}</code>. Nothing is proven until they
        agree.
      </p>
    )
  return (
    <p className={styles['loud']} role="alert">
      The rate above is contradicted: the state of block {formatBlock(block)} proves {formatExact(rate ?? 0n)}
      , and {formatExact(shown)} is shown. Do not rely on it.
    </p>
  )
}

function Result({ proof, shown }: { readonly proof: RateProof; readonly shown: bigint }) {
  const { block, operator, total, supply, rate, witness } = proof
  if (rate === undefined)
    return (
      <p className={page['note']}>
        Not proven: where the rate should be stored, the state of block {formatBlock(block)} holds nothing,
        says {operator}’s proof.
      </p>
    )
  if (rate !== shown || witness.kind === 'differs')
    return (
      <>
        <Contradiction proof={proof} shown={shown} />
        {witness.kind === 'differs' ? null : <Hash proof={proof} />}
      </>
    )
  return (
    <>
      <p>Proven from block {formatBlock(block)}’s state root:</p>
      <div className={styles['formula']}>
        <p>total ether {formatExact(total)}</p>
        <p>supply {formatExact(supply)}</p>
        <p>
          {formatExact(total, 0)} × 10¹⁸ ÷ {formatExact(supply, 0)} = {formatExact(rate, 0)}
        </p>
        <p>{formatExact(rate)}, the same as the rate above.</p>
      </div>
      <Hash proof={proof} />
    </>
  )
}

/** Prove rETH's rate from the state of its block, where an endpoint offers proofs. */
export function Proof({ call }: { readonly call: ReceiptCall }) {
  const [isWanted, setIsWanted] = useState(false)
  const session = useSession()
  const { data, error, isFetching, refetch } = useQuery({ ...proofQuery(session, call), enabled: isWanted })
  const attempt = (): void => (isWanted ? void refetch() : setIsWanted(true))
  return (
    <div className={styles['proof']}>
      {data === undefined && !(error !== null && isNotOffered(error)) ? (
        <button
          type="button"
          className={press['press']}
          onClick={attempt}
          disabled={isFetching}
          aria-label={`Prove it: ${call.label}`}
        >
          {isFetching ? 'Proving…' : 'Prove it'}
        </button>
      ) : null}
      <div aria-live="polite">
        {data === undefined ? null : <Result proof={data} shown={BigInt(call.returnData)} />}
        {data !== undefined || error === null ? null : isNotOffered(error) ? (
          <p className={page['note']}>Proofs are not offered here.</p>
        ) : (
          <p className={styles['loud']}>
            Not proven: <Reason error={error} />
          </p>
        )}
      </div>
    </div>
  )
}
