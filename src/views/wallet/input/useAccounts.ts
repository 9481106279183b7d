import { useQueries } from '@tanstack/react-query'
import type { Entry } from '../../../pools/account.ts'
import { isOfEndpoint, type Named, nameQuery } from '../../../queries/name.ts'
import { useSession } from '../../../queries/session.ts'

type Address = Named['address']

/** How far an entry is: an address as typed, or a name with what became of it. */
export type AccountLine =
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'pending'; readonly name: string }
  | { readonly kind: 'named'; readonly name: string; readonly named: Named }
  | {
      readonly kind: 'failed'
      readonly name: string
      readonly error: Error
      /** Whether it was the endpoint that failed: another may do better. */
      readonly isOfEndpoint: boolean
      readonly retry: () => void
      readonly isRetrying: boolean
    }

const accountOf = (line: AccountLine): Address | undefined => {
  if (line.kind === 'address') return line.address
  return line.kind === 'named' ? line.named.address : undefined
}

type Accounts = {
  readonly lines: readonly AccountLine[]
  /** Each account once; undefined until all names are resolved. */
  readonly accounts: readonly Address[] | undefined
}

/**
 * Resolve the names among entries.
 * @param agreed by name, the servers outside the chain that the reader has agreed to
 */
export function useAccounts(
  entries: readonly Entry[],
  agreed: Readonly<Record<string, readonly string[]>>,
): Accounts {
  const session = useSession()
  const names = entries.flatMap(entry => ('name' in entry ? [entry.name] : []))
  const results = useQueries({
    queries: names.map(name => nameQuery(session, { name, mayAsk: agreed[name] ?? [] })),
  })
  const lines = entries.map((entry): AccountLine => {
    if ('address' in entry) return { kind: 'address', address: entry.address }
    const { name } = entry
    const result = results[names.indexOf(name)]
    if (result?.data !== undefined) return { kind: 'named', name, named: result.data }
    if (result?.error === null || result === undefined) return { kind: 'pending', name }
    const { error, isFetching, refetch } = result
    return {
      kind: 'failed',
      name,
      error,
      isOfEndpoint: isOfEndpoint(error),
      isRetrying: isFetching,
      retry: () => void refetch(),
    }
  })
  const found = lines.flatMap(line => accountOf(line) ?? [])
  return { lines, accounts: found.length === lines.length ? [...new Set(found)] : undefined }
}
