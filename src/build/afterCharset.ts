/** The page has no head to put something into. */
export class PageWithoutStart extends Error {
  override readonly name = 'PageWithoutStart'
  constructor() {
    super('The page has no <head>, so that nothing can be put at its start. Write one into index.html.')
  }
}

/**
 * Put tags at the start of the head, behind the charset, which a browser looks for in the first 1024 bytes only.
 * @throws PageWithoutStart
 */
export function afterCharset(html: string, tags: string): string {
  const place = /<meta charset[^>]*>/.exec(html) ?? /<head[^>]*>/.exec(html)
  if (place === null) throw new PageWithoutStart()
  const end = place.index + place[0].length
  return `${html.slice(0, end)}\n    ${tags}${html.slice(end)}`
}
