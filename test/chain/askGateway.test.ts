import { describe, expect, test, vi } from 'vitest'
import { askGateway, hostsOf, type Lookup } from '../../src/chain/askGateway.ts'
import { createLedger } from '../../src/chain/ledger.ts'
import { GatewayFailed } from '../../src/chain/nameErrors.ts'

const SENDER = '0x00000000000000000000000000000000000000AA'
const lookupOf = (...urls: readonly string[]): Lookup => ({ sender: SENDER, data: '0x1234', urls })

type Given = Response | Error | ((init: RequestInit) => Promise<Response>)

function stubFetch(answers: Readonly<Record<string, Given>>) {
  const fetched: { readonly url: string; readonly init: RequestInit }[] = []
  vi.stubGlobal('fetch', async ({ href }: URL, init: RequestInit) => {
    fetched.push({ url: href, init })
    const given = answers[href]
    if (given === undefined) throw new TypeError(`nobody at ${href}`)
    if (given instanceof Error) throw given
    return typeof given === 'function' ? given(init) : given
  })
  return fetched
}

const ask = (lookup: Lookup, signal?: AbortSignal) => {
  const ledger = createLedger()
  return { ledger, answer: askGateway(lookup, { signal, ledger }) }
}

describe('askGateway', () => {
  test('default: by GET where the question is part of the URL', async () => {
    const url = 'https://one.test/0x00000000000000000000000000000000000000aa/0x1234'
    const fetched = stubFetch({ [url]: Response.json({ data: '0xbeef' }) })
    expect(await ask(lookupOf('https://one.test/{sender}/{data}')).answer).toBe('0xbeef')
    expect(fetched).toMatchObject([
      {
        url,
        init: { method: 'GET', redirect: 'error', credentials: 'omit', referrerPolicy: 'no-referrer' },
      },
    ])
  })

  test('default: by POST where it is not', async () => {
    const fetched = stubFetch({ 'https://one.test/': Response.json({ data: '0xbeef' }) })
    expect(await ask(lookupOf('https://one.test/')).answer).toBe('0xbeef')
    expect(fetched[0]?.init.method).toBe('POST')
    expect(JSON.parse(String(fetched[0]?.init.body))).toEqual({
      data: '0x1234',
      sender: SENDER.toLowerCase(),
    })
  })

  test('behavior: bytes that are not in JSON are taken too', async () => {
    stubFetch({ 'https://one.test/': new Response('0xbeef') })
    expect(await ask(lookupOf('https://one.test/')).answer).toBe('0xbeef')
  })

  test.each<[string, Given]>([
    ['refuses', new Response('', { status: 500 })],
    [
      'answers no JSON where it says so',
      new Response('{', { headers: { 'content-type': 'application/json' } }),
    ],
    ['answers no bytes', Response.json({ data: 'glass' })],
    ['answers half a byte', Response.json({ data: '0x123' })],
    ['answers nothing', Response.json({})],
    ['answers null', Response.json(null)],
    ['answers a book', new Response(`0x${'00'.repeat(600_000)}`)],
    ['is not there', new TypeError('Failed to fetch')],
  ])('behavior: the next is asked where one %s', async (_, given) => {
    const other = Response.json({ data: '0xbeef' })
    stubFetch({ 'https://one.test/': given, 'https://two.test/': other })
    const { answer, ledger } = ask(lookupOf('https://one.test/', 'https://two.test/'))
    expect(await answer).toBe('0xbeef')
    expect(ledger.entries().map(({ operator, outcome }) => [operator, outcome])).toEqual([
      ['one.test', 'GatewayFailed'],
      ['two.test', 'answered'],
    ])
  })

  test('error: GatewayFailed where nobody is left', async () => {
    stubFetch({ 'https://one.test/': new Response('', { status: 404 }) })
    await expect(ask(lookupOf('https://one.test/')).answer).rejects.toBeInstanceOf(GatewayFailed)
    await expect(ask(lookupOf()).answer).rejects.toBeInstanceOf(GatewayFailed)
  })

  test('behavior: each request is in the ledger as one that tells of the wallet', async () => {
    stubFetch({ 'https://one.test/': Response.json({ data: '0xbeef' }) })
    const { answer, ledger } = ask(lookupOf('https://one.test/'))
    await answer
    expect(ledger.entries()).toMatchObject([
      {
        operator: 'one.test',
        url: 'https://one.test',
        method: 'POST',
        outcome: 'answered',
        carriesAddress: true,
      },
    ])
  })

  test('behavior: an abort stays an abort, and nobody else is asked', async () => {
    const aborter = new AbortController()
    const reason = new Error('the reader went on')
    const fetched = stubFetch({
      'https://one.test/': async init => {
        aborter.abort(reason)
        throw init.signal?.reason ?? new TypeError('not aborted')
      },
    })
    const { answer, ledger } = ask(lookupOf('https://one.test/', 'https://two.test/'), aborter.signal)
    await expect(answer).rejects.toBe(reason)
    expect(fetched).toHaveLength(1)
    expect(ledger.entries()).toMatchObject([{ outcome: 'left' }])
  })
})

describe('hostsOf', () => {
  test('default: each server once, with its port', () => {
    expect(
      hostsOf(lookupOf('https://one.test/a', 'https://one.test/b/{data}', 'https://two.test:8443/')),
    ).toEqual(['one.test', 'two.test:8443'])
  })

  test('behavior: a server that the question itself is put into is named as it would be asked', () => {
    expect(hostsOf(lookupOf('https://{data}.one.test/'))).toEqual(['0x1234.one.test'])
  })

  test.each([
    ['plain http', 'http://one.test/'],
    ['no URL', 'one.test'],
    ['data in a URL', 'data:application/json,{"data":"0xbeef"}'],
    ['another scheme', 'ipfs://one.test/{data}'],
  ])('behavior: %s is neither named nor asked', async (_, url) => {
    const fetched = stubFetch({})
    expect(hostsOf(lookupOf(url))).toEqual([])
    await expect(ask(lookupOf(url)).answer).rejects.toBeInstanceOf(GatewayFailed)
    expect(fetched).toEqual([])
  })

  test('behavior: this machine may be asked by plain http', () => {
    expect(hostsOf(lookupOf('http://127.0.0.1:8080/{data}'))).toEqual(['127.0.0.1:8080'])
  })
})
