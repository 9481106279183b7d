import type { HtmlTagDescriptor, Plugin } from 'vite'

/** SITE_URL is not an address that a page can be found at. */
export class BadSiteUrl extends Error {
  override readonly name = 'BadSiteUrl'
  constructor(text: string) {
    super(`SITE_URL is “${text}”. Give the https URL that the page is published at, without ? and #.`)
    // Whoever publishes needs no trace through the build.
    this.stack = `${this.name}: ${this.message}`
  }
}

const IMAGE = 'social.png'

/** Read where the page is published. @returns undefined where nobody says. @throws BadSiteUrl */
export function parseSiteUrl(text: string | undefined): URL | undefined {
  if (text === undefined || text === '') return undefined
  if (!URL.canParse(text)) throw new BadSiteUrl(text)
  const { protocol, origin, pathname, search, hash, username } = new URL(text)
  if (protocol !== 'https:' || username !== '' || `${search}${hash}` !== '') throw new BadSiteUrl(text)
  return new URL(pathname.endsWith('/') ? pathname : `${pathname}/`, origin)
}

const property = (name: string, content: string): HtmlTagDescriptor => ({
  tag: 'meta',
  attrs: { property: name, content },
  injectTo: 'head',
})

/** What follows a picture's address describes that picture. */
const imageTags = (address: string): HtmlTagDescriptor[] => [
  property('og:image', address),
  property('og:image:width', '1200'),
  property('og:image:height', '630'),
  property(
    'og:image:alt',
    'The pools side by side with their rates and yields, on a chain of simulated values',
  ),
]

/** Say where the page and its picture are found: link previews want whole addresses. */
export function addressTags(site: URL | undefined): HtmlTagDescriptor[] {
  if (site === undefined) return imageTags(`./${IMAGE}`)
  return [
    ...imageTags(new URL(IMAGE, site).href),
    property('og:url', site.href),
    { tag: 'link', attrs: { rel: 'canonical', href: site.href }, injectTo: 'head' },
  ]
}

/**
 * Write the page's own address into it. A wrong one ends the build before it has begun.
 * @param text as in the environment's SITE_URL
 */
export function siteAddress(text: string | undefined): Plugin {
  let site: URL | undefined
  return {
    name: 'site-address',
    apply: 'build',
    configResolved: () => {
      site = parseSiteUrl(text)
    },
    transformIndexHtml: { order: 'post', handler: () => addressTags(site) },
  }
}
