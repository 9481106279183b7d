import { PageWithoutHead } from './common/errors.ts'

/** What `npm start` tells the page about the chain behind it, as JSON in `<meta name="poolglass">`. */
export type PageConfig = {
  /** `local` is a development node; `embedded` holds simulated values, which the page must say. */
  readonly chain: 'mainnet' | 'local' | 'embedded'
  /** The only endpoints to ask; left out where the page's own public ones are meant. */
  readonly rpc?: readonly string[]
  /** Spacing of samples in blocks, as a decimal string. */
  readonly grid: string
  /** An account with something in it, to try the wallet with. */
  readonly exampleWallet?: string
}

export const PAGE_CONFIG_NAME = 'poolglass'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, sign => ENTITIES[sign] ?? sign)

/**
 * Put the configuration into the head of the built page, before its first script, which reads it.
 * @throws PageWithoutHead where the page has no end of a head
 */
export function insertPageConfig(html: string, config: PageConfig): string {
  if (!html.includes('</head>')) throw new PageWithoutHead()
  const tag = `<meta name="${PAGE_CONFIG_NAME}" content="${escapeHtml(JSON.stringify(config))}" />`
  return html.replace(/<script\b|<\/head>/, next => `${tag}\n    ${next}`)
}
