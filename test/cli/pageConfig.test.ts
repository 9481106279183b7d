import { describe, expect, test } from 'vitest'
import { parsePageConfig } from '../../src/app/pageConfig.ts'
import { PageWithoutHead } from '../../src/cli/common/errors.ts'
import { insertPageConfig, type PageConfig } from '../../src/cli/pageConfig.ts'

const PAGE = '<!doctype html><html><head><title>x</title></head><body></body></html>'

const contentOf = (html: string): string | undefined =>
  /<meta name="poolglass" content="([^"]*)" \/>/.exec(html)?.[1]

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const unescapeHtml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '')

describe('insertPageConfig', () => {
  const config: PageConfig = {
    chain: 'local',
    rpc: [`http://127.0.0.1:8545/?a=1&b="'><script>$&`],
    grid: '25',
    exampleWallet: '0x1',
  }

  test('default', () => {
    const html = insertPageConfig(PAGE, config)
    expect(html.indexOf('name="poolglass"')).toBeLessThan(html.indexOf('</head>'))
    expect(JSON.parse(unescapeHtml(contentOf(html) ?? ''))).toEqual(config)
  })

  test('behavior: it stands before the first script, which reads it', () => {
    const page = PAGE.replace('</head>', '<script>first()</script><script src="./a.js"></script></head>')
    const html = insertPageConfig(page, config)
    expect(html.indexOf('name="poolglass"')).toBeLessThan(html.indexOf('<script>first()'))
    expect(html.split('name="poolglass"')).toHaveLength(2)
  })

  test('behavior: nothing in it can leave the attribute', () => {
    const content = contentOf(insertPageConfig(PAGE, config)) ?? ''
    expect(content).not.toMatch(/[<>"']/)
    expect(insertPageConfig(PAGE, config).split('</head>')).toHaveLength(2)
  })

  test('behavior: the page understands it', () => {
    const content = unescapeHtml(contentOf(insertPageConfig(PAGE, config)) ?? '')
    expect(parsePageConfig(content)).toEqual({ ...config, grid: 25n })
    const { chain, grid } = parsePageConfig('{"chain":"mainnet","grid":"7200"}' satisfies string)
    expect({ chain, grid }).toEqual({ chain: 'mainnet', grid: 7_200n })
  })

  test('error: PageWithoutHead', () => {
    expect(() => insertPageConfig('<p>', config)).toThrow(PageWithoutHead)
  })
})
