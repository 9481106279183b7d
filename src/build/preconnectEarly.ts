type PageSays = { readonly chain?: unknown; readonly rpc?: readonly string[] }
type ReaderSays = {
  readonly own?: readonly string[]
  readonly order?: readonly string[]
  readonly switched?: object
}

const parse = (text: string | null | undefined): unknown => JSON.parse(text ?? '{}')

/**
 * Name the endpoint that the page asks first, where that is sure: a reader who chose anything about endpoints may have
 * switched it off.
 * @param content of the page's meta tag, undefined without one
 * @param usual the first of the public endpoints
 * @throws SyntaxError where page or reader say what cannot be read, and what a forbidden storage throws
 */
export function sureEndpoint(
  content: string | undefined,
  storage: () => Pick<Storage, 'getItem'>,
  usual: string,
): string | undefined {
  const { chain, rpc } = parse(content) as PageSays
  const place = chain === 'embedded' || chain === 'local' ? chain : 'mainnet'
  const chosen = parse(storage().getItem(`poolglass:endpoints:${place}`)) as ReaderSays
  const choices = [chosen.own, chosen.order, Object.keys(chosen.switched ?? {})]
  if (choices.some(list => list !== undefined && list.length > 0)) return undefined
  return rpc === undefined ? usual : rpc[0]
}

/** Connect to the first endpoint while the page's own script is on its way. */
export function preconnectEarly(usual: string): void {
  const content = document.querySelector<HTMLMetaElement>('meta[name="poolglass"]')?.content
  let url: string | undefined
  try {
    url = sureEndpoint(content, () => localStorage, usual)
  } catch {
    // Nothing is lost but a moment; the page itself says what is wrong with storage or configuration.
    return
  }
  if (url === undefined) return
  const link = document.createElement('link')
  link.rel = 'preconnect'
  link.crossOrigin = ''
  link.href = url
  document.head.append(link)
}
