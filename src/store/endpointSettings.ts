/** What the reader chose about endpoints: kept in this browser only, and never taken from a link. */
export type EndpointSettings = {
  /** URLs of own nodes. */
  readonly own: readonly string[]
  /** URLs in the order of preference; those not named come after them. */
  readonly order: readonly string[]
  /** Switched on or off by the reader; those not named are as they come. */
  readonly switched: Readonly<Record<string, boolean>>
  /** URL of the one endpoint that sees the wallet. */
  readonly wallet: string | undefined
}

export const NO_SETTINGS: EndpointSettings = { own: [], order: [], switched: {}, wallet: undefined }

export const ENDPOINT_FIELDS = [
  'own',
  'order',
  'switched',
  'wallet',
] as const satisfies readonly (keyof EndpointSettings)[]

export const endpointsKey = (chain: string): string => `poolglass:endpoints:${chain}`

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'string') : []

function switchesOf(value: unknown): Record<string, boolean> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return Object.fromEntries(
    entries.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
  )
}

/** Read what was chosen for a chain; what cannot be read counts as not chosen. */
export function loadEndpointSettings(chain: string): EndpointSettings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(endpointsKey(chain)) ?? '{}')
    const { own, order, switched, wallet } = (stored ?? {}) as Record<string, unknown>
    return {
      own: textsOf(own),
      order: textsOf(order),
      switched: switchesOf(switched),
      wallet: typeof wallet === 'string' ? wallet : undefined,
    }
  } catch {
    // Storage is forbidden, or holds what somebody else put there: then nothing was chosen.
    return NO_SETTINGS
  }
}

/** Keep what was chosen for a chain. @returns whether the browser kept it */
export function saveEndpointSettings(chain: string, settings: EndpointSettings): boolean {
  try {
    localStorage.setItem(endpointsKey(chain), JSON.stringify(settings))
    return true
  } catch {
    // Storage is forbidden or full: the choice lasts as long as the page.
    return false
  }
}
