import { describe, expect, test } from 'vitest'
import { addressTags, BadSiteUrl, parseSiteUrl } from '../../src/build/siteAddress.ts'

const contentsOf = (text: string | undefined) =>
  new Map(
    addressTags(parseSiteUrl(text)).map(({ attrs }) => [
      attrs?.['property'] ?? attrs?.['rel'],
      attrs?.['content'] ?? attrs?.['href'],
    ]),
  )

describe('addressTags', () => {
  test.each(['https://owner.example/pools', 'https://owner.example/pools/'])(
    'default: %s is where page and picture are',
    text => {
      const contents = contentsOf(text)
      expect(contents.get('og:image')).toBe('https://owner.example/pools/social.png')
      expect(contents.get('og:url')).toBe('https://owner.example/pools/')
      expect(contents.get('canonical')).toBe('https://owner.example/pools/')
    },
  )

  test.each([undefined, ''])('behavior: where nobody says the address, none is made up', text => {
    const contents = contentsOf(text)
    expect(contents.get('og:image')).toBe('./social.png')
    expect(contents.has('og:url')).toBe(false)
    expect(contents.has('canonical')).toBe(false)
  })

  test.each([
    'owner.example',
    'http://owner.example/',
    'https://owner.example/?a=1',
    'https://owner.example/#/',
    'https://me@owner.example/',
    'javascript:alert(1)',
  ])('error: BadSiteUrl for %s, in one line', text => {
    expect(() => parseSiteUrl(text)).toThrow(BadSiteUrl)
    expect(() => parseSiteUrl(text)).toThrow(/^SITE_URL is “.*”\. Give the https URL [^\n]+$/)
  })
})
