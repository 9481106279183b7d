import { queryOptions } from '@tanstack/react-query'
import { ChainError } from '../chain/errors.ts'
import { NameOffChain, NameProblem } from '../chain/nameErrors.ts'
import type { NamedAddress } from '../chain/readName.ts'
import { SLOW } from './freshness.ts'
import type { Session } from './session.ts'

export type Named = NamedAddress

/** The part of the page that resolves names did not come. */
export class NamesNotLoaded extends Error {
  override readonly name = 'NamesNotLoaded'
}

/** Whether the name itself is at fault, so that asking again is no use. */
export const isNameProblem = (error: Error): boolean => error instanceof NameProblem

/** Whether the endpoint failed, so that another may do better. */
export const isOfEndpoint = (error: Error): boolean => error instanceof ChainError

/** The servers outside the chain that would have to be told of a name; undefined where that is not what failed. */
export const hostsToAsk = (error: Error | null): readonly string[] | undefined =>
  error instanceof NameOffChain ? error.hosts : undefined

export type NameWanted = {
  readonly name: string
  /** Servers that the reader has agreed to, for this look. */
  readonly mayAsk: readonly string[]
}

/** Another endpoint that sees the name is another reading; so is one that may ask others. */
const nameKey = (session: Session, { name, mayAsk }: NameWanted) =>
  ['name', session.id, session.choice.walletUrl ?? '', name, mayAsk] as const

/** The tables of the naming standard are large, and most readers paste an address. */
const loadReader = () =>
  import('../chain/readName.ts').catch((cause: unknown) => {
    throw new NamesNotLoaded(
      'The part of the page that looks names up could not be loaded. Reload the page.',
      {
        cause,
      },
    )
  })

/** The address behind a name, at the head, from the wallet's endpoint. It does not move under the reader's eyes. */
export const nameQuery = (session: Session, wanted: NameWanted) => {
  const queryKey = nameKey(session, wanted)
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<Named> => {
      const { readName } = await loadReader()
      return readName(session.client, queryKey[3], { signal, mayAsk: queryKey[4] })
    },
    staleTime: SLOW.staleTime,
    gcTime: SLOW.gcTime,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // The name stays what it is, and the endpoint has been waited for already.
    retry: false,
  })
}
