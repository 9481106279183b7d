import { formatCount } from '../../format/number.ts'
import { formatWhile } from '../../format/traffic.ts'
import type { Learned } from '../../math/endpointMemory.ts'
import { type Endpoint, type Rung, type Standing, statedPace } from '../../queries/endpoints.ts'

/** The steps of the ladder, in their order; proofs are offered by few and needed by nothing else. */
export const RUNGS: readonly Rung[] = ['reachable', 'chain', 'head', 'archive', 'logs']

export const RUNG_WORDS: Readonly<Record<Rung, string>> = {
  reachable: 'reachable',
  chain: 'right chain',
  head: 'fresh head',
  archive: 'archive',
  logs: 'logs',
  proof: 'proofs',
}

/** Words for what an operator says about tracking. */
export const PRIVACY_WORDS: Readonly<Record<Endpoint['privacy'], string>> = {
  none: 'Says that it does not track',
  limited: 'Says that it keeps some data for a while',
  tracks: 'Says that it tracks',
  unstated: 'Says nothing about tracking',
  own: 'Your own node',
}

const ROLE_WORDS: Readonly<Record<Endpoint['roles'][number], string>> = {
  head: 'newest block',
  archive: 'old state',
  logs: 'logs',
  wallet: 'wallet',
}

export const hostOf = ({ url }: Pick<Endpoint, 'url'>): string => new URL(url).host

/** What an endpoint is asked for: "newest block, wallet". */
export const rolesInWords = ({ roles }: Endpoint): string => roles.map(role => ROLE_WORDS[role]).join(', ')

/** How many requests an endpoint is sent: "2 at once, 250 ms apart". */
export function paceInWords(endpoint: Endpoint, standing: Standing | undefined): string {
  const { atOnce, spacing } = statedPace(endpoint)
  const now = standing?.pacer.spacing() ?? spacing
  const apart = spacing === 0 ? 'without a pause' : `${formatWhile(spacing)} apart`
  const slowed = now > spacing ? `, slowed to ${formatWhile(now)} after a refusal` : ''
  return `${formatCount(atOnce)} at once, ${apart}${slowed}`
}

/** How many blocks of logs an endpoint gives at once, and how that is known; undefined where it is not. */
export function spanInWords({ limits }: Endpoint, { span, isStated }: Learned): string | undefined {
  if (span !== undefined)
    return `logs of ${formatCount(span)} blocks at once, ${isStated === true ? 'as it says' : 'as tried'}`
  if (limits?.span !== undefined) return `logs of ${formatCount(limits.span)} blocks at once, as others found`
  return undefined
}

/** What endpoints say are clauses; on the screen they are sentences. */
export const sentence = (text: string): string => (/[.!?…”]$/.test(text) ? text : `${text}.`)
