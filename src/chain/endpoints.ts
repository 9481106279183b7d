/** What an endpoint may be asked: the newest block, old state, or about a wallet. */
export type Role = 'head' | 'archive' | 'wallet'

export type Endpoint = {
  readonly url: string
  /** The company behind it: agreement is counted in operators, not in URLs. */
  readonly operator: string
  readonly roles: readonly Role[]
  /** What the operator itself says about tracking, as listed by Chainlist on 2026-08-22. */
  readonly privacy: 'none' | 'limited' | 'unstated' | 'own'
}

/** Public mainnet endpoints that answer pages in a browser without a key, in the order in which they are asked. */
export const PUBLIC_ENDPOINTS: readonly Endpoint[] = [
  {
    url: 'https://ethereum-rpc.publicnode.com',
    operator: 'PublicNode',
    // Refuses state more than about 10,000 blocks old.
    roles: ['head', 'wallet'],
    privacy: 'none',
  },
  {
    url: 'https://rpc.mevblocker.io',
    operator: 'MEV Blocker',
    roles: ['head', 'archive', 'wallet'],
    privacy: 'none',
  },
  { url: 'https://rpc-eth.blockmachine.io', operator: 'blockmachine', roles: ['archive'], privacy: 'none' },
  { url: 'https://eth.drpc.org', operator: 'dRPC', roles: ['head', 'archive'], privacy: 'none' },
]

/** The address given for an own node is not a URL that a page may ask. */
export class InvalidEndpoint extends Error {
  override readonly name = 'InvalidEndpoint'
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export const isLoopback = (url: string): boolean => LOOPBACK.includes(new URL(url).hostname)

/**
 * Describe a node of the reader's own, which may be asked everything.
 * @throws InvalidEndpoint for what is not an http(s) URL, or plain http to another machine
 */
export function ownEndpoint(url: string): Endpoint {
  if (!URL.canParse(url))
    throw new InvalidEndpoint(`“${url}” is not a URL. Give one like http://127.0.0.1:8545.`)
  const { protocol, host } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new InvalidEndpoint(
      `“${url}” starts with ${protocol}//: only http and https endpoints can be asked.`,
    )
  if (protocol === 'http:' && !isLoopback(url))
    throw new InvalidEndpoint(
      `“${url}” is not encrypted: plain http is for a node on this machine only. Use https.`,
    )
  return { url, operator: host, roles: ['head', 'archive', 'wallet'], privacy: 'own' }
}
