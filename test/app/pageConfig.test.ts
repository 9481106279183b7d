import { afterEach, describe, expect, test } from 'vitest'
import { BrokenPageConfig, parsePageConfig, readPageConfig } from '../../src/app/pageConfig.ts'

const MAINNET = { chain: 'mainnet', rpc: undefined, grid: undefined, exampleWallet: undefined }

afterEach(() => {
  document.head.innerHTML = ''
})

describe('parsePageConfig', () => {
  test('default: without one it is a plain mainnet page', () => {
    expect(parsePageConfig(undefined)).toEqual(MAINNET)
  })

  test('behavior: the embedded chain', () => {
    const content = JSON.stringify({
      chain: 'embedded',
      rpc: ['http://127.0.0.1:8545'],
      grid: '1',
      exampleWallet: '0xabc',
    })
    expect(parsePageConfig(content)).toEqual({
      chain: 'embedded',
      rpc: ['http://127.0.0.1:8545'],
      grid: 1n,
      exampleWallet: '0xabc',
    })
  })

  test('behavior: what has the wrong type is as if it were not there', () => {
    const content = JSON.stringify({ chain: 'moon', rpc: 'http://x', grid: 5, exampleWallet: 7 })
    expect(parsePageConfig(content)).toEqual(MAINNET)
    expect(parsePageConfig('{"chain":"local","rpc":["http://x",1,null]}')).toEqual({
      ...MAINNET,
      chain: 'local',
      rpc: ['http://x'],
    })
  })

  test.each(['', '{', 'null', '{"grid":"many"}'])('error: BrokenPageConfig for %j', content => {
    expect(() => parsePageConfig(content)).toThrow(BrokenPageConfig)
  })
})

describe('readPageConfig', () => {
  test('default: from the meta tag of the page', () => {
    expect(readPageConfig()).toEqual(MAINNET)
    const meta = document.createElement('meta')
    meta.name = 'poolglass'
    meta.content = '{"chain":"local","rpc":["http://127.0.0.1:8545"]}'
    document.head.append(meta)
    expect(readPageConfig()).toMatchObject({ chain: 'local', rpc: ['http://127.0.0.1:8545'] })
  })

  test('error: BrokenPageConfig from a tag that was cut', () => {
    document.head.innerHTML = `<meta name="poolglass" content='{"chain":"loc'>`
    expect(() => readPageConfig()).toThrow(BrokenPageConfig)
  })
})
