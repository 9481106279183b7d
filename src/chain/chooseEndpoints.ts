import { type Endpoint, InvalidEndpoint, ownEndpoint } from './endpoints.ts'

/** What a reader may choose. */
export type EndpointChoice = {
  readonly own: readonly string[]
  readonly order: readonly string[]
  readonly switched: Readonly<Record<string, boolean>>
  readonly wallet: string | undefined
}

export type ChosenEndpoints = {
  /** All that are known, in the order of preference. */
  readonly known: readonly Endpoint[]
  /** Those that are asked. */
  readonly used: readonly Endpoint[]
  readonly walletUrl: string | undefined
}

/** Whoever says that they track are asked only by readers who switch them on. */
const isOnAtFirst = ({ privacy }: Endpoint): boolean => privacy !== 'tracks'

/** A stored URL may be one that is refused today. */
function ownOf(urls: readonly string[]): Endpoint[] {
  return urls.flatMap(url => {
    try {
      return [ownEndpoint(url)]
    } catch (error) {
      if (error instanceof InvalidEndpoint) return []
      throw error
    }
  })
}

/**
 * Put a reader's choice into effect. With everything switched off, what is on at first is used: a page without an
 * endpoint shows nothing.
 */
export function chooseEndpoints(
  defaults: readonly Endpoint[],
  { own, order, switched, wallet }: EndpointChoice,
): ChosenEndpoints {
  const byUrl = new Map([...ownOf(own), ...defaults].map(endpoint => [endpoint.url, endpoint]))
  const ordered = new Set([...order, ...byUrl.keys()])
  const known = [...ordered].flatMap(url => byUrl.get(url) ?? [])
  const chosen = known.filter(endpoint => switched[endpoint.url] ?? isOnAtFirst(endpoint))
  const used = chosen.length > 0 ? chosen : known.filter(isOnAtFirst)
  const seers = used.filter(({ roles }) => roles.includes('wallet'))
  const walletUrl = (seers.find(({ url }) => url === wallet) ?? seers[0])?.url
  return { known, used, walletUrl }
}
