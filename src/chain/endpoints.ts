/** What an endpoint may be asked: the newest block, old state, event logs, or about a wallet. */
export type Role = 'head' | 'archive' | 'logs' | 'wallet'

/** What an operator says about tracking; `own` is a node that the reader named. */
export type Privacy = 'none' | 'limited' | 'tracks' | 'unstated' | 'own'

/** How many requests an endpoint is sent at most, before it says anything. */
export type Pace = {
  readonly atOnce: number
  /** Milliseconds between the starts of two requests. */
  readonly spacing: number
}

/** What an endpoint was seen to refuse. Absent where nothing is known: limits are learned as they are met. */
type Limits = {
  /** Blocks in one log request. */
  readonly span?: bigint
  /** Logs in one answer. */
  readonly results?: bigint
  /** Requests in one JSON-RPC batch; this page sends none. */
  readonly batch?: bigint
  /** Addresses in one log filter. */
  readonly addresses?: bigint
  /** Blocks behind the head whose state is kept; absent for an archive. */
  readonly depth?: bigint
}

export type Endpoint = {
  readonly url: string
  /** The company behind it: agreement is counted in operators, not in URLs. */
  readonly operator: string
  readonly roles: readonly Role[]
  readonly privacy: Privacy
  readonly pace?: Pace
  readonly limits?: Limits
  /** What its operator says or does beyond the label. */
  readonly note?: string
  /** Who saw roles, pace and limits, and when. */
  readonly source?: string
}

/** Where the labels of privacy come from: they are the operators' own words. */
export const PRIVACY_SOURCE = 'Chainlist, constants/extraRpcs.js, commit 0962062 of 2026-08-22'

/** Two requests at a time, 150 ms apart: browsers have kept that up for hundreds of reads. */
export const PUBLIC_PACE: Pace = { atOnce: 2, spacing: 150 }
/** A node on this machine has no other readers. */
export const LOCAL_PACE: Pace = { atOnce: 8, spacing: 0 }

/**
 * Public mainnet endpoints that answer pages in a browser without a key, in the order in which they are preferred.
 * Left out: those that need a key or somebody's demo key, refuse browsers, lose logs (Pocket, Flashbots) or are gone.
 */
export const PUBLIC_ENDPOINTS: readonly Endpoint[] = [
  {
    url: 'https://ethereum-rpc.publicnode.com',
    operator: 'PublicNode',
    roles: ['head', 'wallet'],
    privacy: 'none',
    pace: PUBLIC_PACE,
    limits: { depth: 10_000n, span: 50_000n, addresses: 9n },
    note: 'Run by Allnodes.',
    source: 'rpcprobe, 2026-09-10 and 2026-09-11; browser probe, 2026-09-27',
  },
  {
    url: 'https://rpc.mevblocker.io',
    operator: 'MEV Blocker',
    roles: ['head', 'archive', 'logs', 'wallet'],
    privacy: 'none',
    pace: { atOnce: 2, spacing: 1_000 },
    limits: { span: 10_000n },
    note: 'Run by CoW.',
    source: 'rpcprobe, 2026-09-10 and 2026-09-11; browser probe, 2026-09-27',
  },
  {
    url: 'https://rpc-eth.blockmachine.io',
    operator: 'blockmachine',
    roles: ['archive', 'logs'],
    privacy: 'none',
    pace: { atOnce: 2, spacing: 250 },
    limits: { span: 20_000n },
    note: 'Says that it holds internet addresses for two minutes at most.',
    source: 'browser probe, 2026-09-27',
  },
  {
    url: 'https://eth.drpc.org',
    operator: 'dRPC',
    roles: ['head', 'archive'],
    privacy: 'none',
    pace: { atOnce: 2, spacing: 250 },
    limits: { batch: 3n },
    note: 'Keeps internet addresses in logs that it clears every week.',
    source: 'rpcprobe, 2026-09-10 and 2026-09-11; archive probe, 2026-09-27',
  },
  {
    url: 'https://eth.blockrazor.xyz',
    operator: 'BlockRazor',
    roles: ['head'],
    privacy: 'none',
    pace: PUBLIC_PACE,
    limits: { span: 10n },
    source: 'rpcprobe, 2026-09-10 and 2026-09-11; browser probe, 2026-09-27',
  },
  {
    url: 'https://eth-mainnet.public.blastapi.io',
    operator: 'Alchemy',
    roles: ['archive'],
    privacy: 'limited',
    pace: { atOnce: 2, spacing: 300 },
    limits: { span: 10n },
    note: 'The former Blast API.',
    source: 'rpcprobe, 2026-09-10 and 2026-09-11',
  },
  {
    url: 'https://ethereum.public.blockpi.network/v1/rpc/public',
    operator: 'BlockPI',
    roles: ['logs'],
    privacy: 'limited',
    pace: { atOnce: 2, spacing: 300 },
    limits: { span: 1_024n },
    note: 'Keeps internet addresses for seven days. That it answers browsers is implied, not seen.',
    source: 'its documentation; log probe, 2026-09-17',
  },
  {
    url: 'https://mainnet.gateway.tenderly.co',
    operator: 'Tenderly',
    roles: ['archive', 'logs'],
    privacy: 'tracks',
    pace: { atOnce: 2, spacing: 600 },
    limits: { span: 10_000n },
    note: 'Off until you switch it on.',
    source: 'rpcprobe, 2026-09-10 and 2026-09-11',
  },
]

/** The address given for an own node is not a URL that a page may ask. */
export class InvalidEndpoint extends Error {
  override readonly name = 'InvalidEndpoint'
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export const isLoopback = (url: string): boolean => LOOPBACK.includes(new URL(url).hostname)

/** The pace that an endpoint is held to until it refuses one. */
export const paceOf = ({ url, pace }: Endpoint): Pace => pace ?? (isLoopback(url) ? LOCAL_PACE : PUBLIC_PACE)

/**
 * Describe a node of the reader's own, which may be asked everything.
 * @throws InvalidEndpoint for what is not an http(s) URL, plain http to another machine, or a name or password in it
 */
export function ownEndpoint(url: string): Endpoint {
  if (!URL.canParse(url))
    throw new InvalidEndpoint(`“${url}” is not a URL. Give one like http://127.0.0.1:8545.`)
  const { protocol, host, username, password } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new InvalidEndpoint(
      `“${url}” starts with ${protocol} – only http and https endpoints can be asked.`,
    )
  if (username !== '' || password !== '')
    throw new InvalidEndpoint(
      `A browser sends no name and password to ${host} that stand in the address. Take them out of the URL.`,
    )
  if (protocol === 'http:' && !isLoopback(url))
    throw new InvalidEndpoint(
      `“${url}” is not encrypted: plain http is for a node on this machine only. Use https.`,
    )
  return { url, operator: host, roles: ['head', 'archive', 'logs', 'wallet'], privacy: 'own' }
}
