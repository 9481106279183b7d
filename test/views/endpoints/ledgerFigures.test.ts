import { describe, expect, test } from 'vitest'
import { filtered, ledgerCsv, ledgerJson, sumByOperator } from '../../../src/views/endpoints/ledgerFigures.ts'
import { requestOf } from './support.tsx'

const ANSWERED = requestOf()
const REFUSED = requestOf({ outcome: 'RateLimited', bytesIn: 40, refusal: 'Too Many Requests' })
const WALLET = requestOf({ operator: 'B', carriesAddress: true, bytesOut: 900 })
const LEFT = requestOf({ operator: 'B', outcome: 'left', bytesIn: 0 })
const ALL = [ANSWERED, REFUSED, WALLET, LEFT]

describe('sumByOperator', () => {
  test('default: requests, refusals, bytes and the address, each operator by itself', () => {
    expect(sumByOperator(ALL)).toEqual([
      { operator: 'A', requests: 2, refused: 1, bytesOut: 3_000, bytesIn: 2_540, withAddress: 0 },
      { operator: 'B', requests: 2, refused: 0, bytesOut: 2_400, bytesIn: 2_500, withAddress: 1 },
    ])
    expect(sumByOperator([])).toEqual([])
  })
})

describe('filtered', () => {
  test('default: by operator, failed only, and both', () => {
    expect(filtered(ALL, { operator: undefined, isFailedOnly: false })).toEqual(ALL)
    expect(filtered(ALL, { operator: 'B', isFailedOnly: false })).toEqual([WALLET, LEFT])
    expect(filtered(ALL, { operator: undefined, isFailedOnly: true })).toEqual([REFUSED])
    expect(filtered(ALL, { operator: 'B', isFailedOnly: true })).toEqual([])
  })
})

const HEADER = 'time,operator,host,method,bytesOut,bytesIn,milliseconds,outcome,refusal,carriedAddress'

describe('ledgerCsv', () => {
  test('default: a line for each request, oldest first', () => {
    expect(ledgerCsv([ANSWERED, WALLET])).toBe(
      [
        HEADER,
        '2026-09-21T14:13:20.123Z,A,a.example,eth_call,1500,2500,85,answered,,false',
        '2026-09-21T14:13:20.123Z,B,a.example,eth_call,900,2500,85,answered,,true',
        '',
      ].join('\r\n'),
    )
  })

  test('behavior: what an endpoint says is quoted, and becomes no formula', () => {
    const line = (refusal: string) => ledgerCsv([{ ...REFUSED, refusal }]).split('RateLimited,')[1]
    expect(line('{"code":-32005,\n"message":"no"}')).toBe(
      '"{""code"":-32005,\n""message"":""no""}",false\r\n',
    )
    expect(line('=HYPERLINK("http://x")')).toBe(`"'=HYPERLINK(""http://x"")",false\r\n`)
    for (const sign of ['+', '-', '@', '\t']) expect(line(`${sign}1`)).toContain(`'${sign}1`)
    expect(line('a-1')).toBe('a-1,false\r\n')
  })

  test('behavior: a key in a URL is in no file', () => {
    const entry = { ...REFUSED, refusal: `cannot be reached at ${REFUSED.url}; check it` }
    for (const text of [ledgerCsv([entry]), ledgerJson([entry])]) {
      expect(text).not.toContain('secret-key')
      expect(text).toContain('cannot be reached at a.example; check it')
    }
  })
})

describe('ledgerJson', () => {
  test('default: the same figures, as they are', () => {
    expect(JSON.parse(ledgerJson([REFUSED, WALLET]))).toEqual([
      {
        time: '2026-09-21T14:13:20.123Z',
        operator: 'A',
        host: 'a.example',
        method: 'eth_call',
        bytesOut: 1_500,
        bytesIn: 40,
        milliseconds: 85,
        outcome: 'RateLimited',
        refusal: 'Too Many Requests',
        carriedAddress: false,
      },
      expect.objectContaining({ operator: 'B', carriedAddress: true, refusal: '' }),
    ])
  })
})
