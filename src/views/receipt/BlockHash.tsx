import { useQuery } from '@tanstack/react-query'
import { formatBlock } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { headerQuery } from '../../queries/header.ts'
import { useSession } from '../../queries/session.ts'
import press from '../ui/Press.module.css'
import { Reason } from './Reason.tsx'
import styles from './Receipt.module.css'
import type { ReceiptCall } from './receipt.ts'

/** The hash of a call's block, recomputed from its header; where that does not hold, why, and no hash. */
export function BlockHash({ call: { block, time } }: { readonly call: ReceiptCall }) {
  const { data, error, refetch, isFetching } = useQuery(headerQuery(useSession(), block))
  if (data === undefined) {
    if (error === null) return <>reading the header…</>
    return (
      <>
        not known: <Reason error={error} />{' '}
        <button type="button" className={press['press']} onClick={() => void refetch()} disabled={isFetching}>
          {isFetching ? 'Trying…' : 'Try again'}
        </button>
      </>
    )
  }
  if (data.time !== time)
    return (
      <strong className={styles['loud']}>
        The header of block {formatBlock(block)} that {data.operator} gave is of {formatTime(data.time)}, the
        answer of {formatTime(time)}: they are different blocks, so no hash is shown.
      </strong>
    )
  return (
    <>
      <code>{data.hash}</code>, recomputed from the header that {data.operator} gave
    </>
  )
}
