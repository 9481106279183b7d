import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorNote } from './ErrorNote.tsx'

type Props<Data> = {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch' | 'isFetching'>
  /** What could not be read, for the error: "the pools". */
  readonly what: string
  /** Stands in at the final size until there is something. */
  readonly pending: ReactNode
  readonly children: (data: Data) => ReactNode
  /** Shown instead of the children where the data holds nothing. */
  readonly empty?: { readonly when: (data: Data) => boolean; readonly show: ReactNode }
}

/** Own the states of a reading: pending, error, error beside older data, empty, data. */
export function Async<Data>({ query, what, pending, children, empty }: Props<Data>) {
  const { data, error, refetch, isFetching } = query
  const retry = (): void => void refetch()
  if (data === undefined) {
    return error === null ? (
      pending
    ) : (
      <ErrorNote what={what} error={error} retry={retry} isRetrying={isFetching} />
    )
  }
  return (
    <>
      {error === null ? null : (
        <ErrorNote what={what} error={error} retry={retry} isRetrying={isFetching} hasOlder />
      )}
      {empty?.when(data) === true ? empty.show : children(data)}
    </>
  )
}
