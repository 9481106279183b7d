import type { Endpoint, EndpointSettings } from '../../queries/endpoints.ts'

// What a reader's steps make of the settings. Each gives new ones and keeps the rest.

/** Switch an endpoint on or off. */
export const withSwitch = (settings: EndpointSettings, url: string, isOn: boolean): EndpointSettings => ({
  ...settings,
  switched: { ...settings.switched, [url]: isOn },
})

/** Let one endpoint see the wallet. */
export const withWallet = (settings: EndpointSettings, url: string): EndpointSettings => ({
  ...settings,
  wallet: url,
})

/** Move an endpoint one place up or down. */
export function withMove(
  settings: EndpointSettings,
  known: readonly Endpoint[],
  { url, by }: { readonly url: string; readonly by: -1 | 1 },
): EndpointSettings {
  const order = known.map(endpoint => endpoint.url)
  const from = order.indexOf(url)
  const other = order[from + by]
  if (from < 0 || other === undefined) return settings
  return { ...settings, order: order.with(from, other).with(from + by, url) }
}

/** Add an own node, before all others and switched on. */
export const withOwn = (
  settings: EndpointSettings,
  known: readonly Endpoint[],
  url: string,
): EndpointSettings => ({
  ...withSwitch(settings, url, true),
  own: [...settings.own, url],
  order: [url, ...known.map(endpoint => endpoint.url)],
})

/** Forget an own node and all that was chosen about it. */
export function withoutOwn(settings: EndpointSettings, url: string): EndpointSettings {
  const { [url]: _, ...switched } = settings.switched
  return {
    own: settings.own.filter(own => own !== url),
    order: settings.order.filter(own => own !== url),
    switched,
    wallet: settings.wallet === url ? undefined : settings.wallet,
  }
}

/** Say why an endpoint has to stay on; undefined where it need not. */
export function lastOnProblem(used: readonly Endpoint[], url: string): string | undefined {
  const others = used.filter(endpoint => endpoint.url !== url)
  if (others.length === 0)
    return 'One endpoint has to stay on: without any there is nothing to read. Switch on another first.'
  if (!others.some(({ roles }) => roles.includes('head')))
    return 'It is the last that gives the newest block: without it there are no figures. Switch on another first.'
  return undefined
}

/** Find the endpoint that an address leads to, however it is written. */
export function listedAs(known: readonly Endpoint[], url: string): Endpoint | undefined {
  const plain = (text: string): string => new URL(text).href.replace(/#.*$/, '')
  return known.find(endpoint => plain(endpoint.url) === plain(url))
}
