import { describe, expect, test } from 'vitest'
import { TooManyResults, UnexpectedReply } from '../../src/chain/errors.ts'
import { LostLogs, logParams, readLogAnswer, refuseFull } from '../../src/chain/logAnswer.ts'
import { EVENT, REPORTER, rawLog } from './logEndpoint.ts'

const CHECKSUMMED = '0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4'
const OTHER = `0x${'ab'.repeat(20)}` as const
const selection = {
  addresses: [CHECKSUMMED, OTHER] as const,
  topics: [EVENT, `0x${'AB'.repeat(32)}`] as const,
}
const piece = { from: 100n, to: 200n }
const read = (result: unknown) => readLogAnswer(result, 'a', selection, piece)

test('default: logs ascending, in small letters', () => {
  const [first, ...others] = read([
    { ...rawLog(200n), address: CHECKSUMMED, blockTimestamp: '0x65' },
    rawLog(150n, 10n),
    rawLog(150n, 9n),
    { ...rawLog(100n), address: OTHER, topics: [`0x${'ab'.repeat(32)}`, EVENT], data: '0xAB' },
  ])
  expect(first).toEqual({
    block: 100n,
    index: 0n,
    address: OTHER,
    topics: [`0x${'ab'.repeat(32)}`, EVENT],
    data: '0xab',
    transaction: rawLog(100n)['transactionHash'],
    operator: 'a',
  })
  expect(others.map(({ block, index }) => [block, index])).toEqual([
    [150n, 9n],
    [150n, 10n],
    [200n, 0n],
  ])
  expect(others.at(-1)).toMatchObject({ address: REPORTER, time: 101n })
})

test('default: nothing is no failure', () => {
  expect(read([])).toEqual([])
})

test('behavior: a log that came twice is one', () => {
  expect(read([rawLog(150n), rawLog(120n), rawLog(150n)])).toHaveLength(2)
})

test.each<[string, unknown]>([
  ['nothing', null],
  ['an object', {}],
  ['text', '0x'],
  ['a list of text', ['0x']],
  ['a list with null', [null]],
  ['an older block', [rawLog(99n)]],
  ['a younger block', [rawLog(201n)]],
  ['another contract', [{ ...rawLog(150n), address: `0x${'11'.repeat(20)}` }]],
  ['another event', [{ ...rawLog(150n), topics: [`0x${'11'.repeat(32)}`] }]],
  ['an event that is in another topic', [{ ...rawLog(150n), topics: [`0x${'11'.repeat(32)}`, EVENT] }]],
  ['no topics', [{ ...rawLog(150n), topics: [] }]],
  ['topics that are cut', [{ ...rawLog(150n), topics: [EVENT.slice(0, -2)] }]],
  ['half a byte of data', [{ ...rawLog(150n), data: '0xabc' }]],
  ['no data', [{ ...rawLog(150n), data: undefined }]],
  ['an address that is cut', [{ ...rawLog(150n), address: REPORTER.slice(0, -2) }]],
  ['a pending block', [{ ...rawLog(150n), blockNumber: null }]],
  ['a block as a number', [{ ...rawLog(150n), blockNumber: 150 }]],
  ['no place', [{ ...rawLog(150n), logIndex: undefined }]],
  ['no transaction', [{ ...rawLog(150n), transactionHash: '0x' }]],
  ['a dropped log', [{ ...rawLog(150n), removed: true }]],
  ['two logs in one place', [rawLog(150n), { ...rawLog(150n), data: '0xab' }]],
])('error: UnexpectedReply for %s', (_, result) => {
  expect(() => read(result)).toThrow(UnexpectedReply)
})

describe('logParams', () => {
  test('default: any of the contracts, any of the events', () => {
    expect(logParams(selection, piece)).toEqual([
      { address: selection.addresses, topics: [selection.topics], fromBlock: '0x64', toBlock: '0xc8' },
    ])
  })
})

test('behavior: lost logs are an unexpected reply with a name of their own', () => {
  const lost = new LostLogs('gave none', { operator: 'a' })
  expect(lost).toBeInstanceOf(UnexpectedReply)
  expect(lost).toMatchObject({ name: 'LostLogs', operator: 'a' })
})

describe('further topics', () => {
  const FROM = `0x${'0'.repeat(24)}${'AA'.repeat(20)}` as const
  const TO = `0x${'0'.repeat(24)}${'BB'.repeat(20)}` as const
  const small = (topic: string) => topic.toLowerCase()
  const log = { ...rawLog(150n), topics: [EVENT, small(FROM), small(TO)] }
  const readWith = (...further: readonly (readonly (typeof FROM)[] | null)[]) =>
    readLogAnswer([log], 'a', { ...selection, further }, piece)

  test('default: they stand behind the events in the request', () => {
    const [params] = logParams({ ...selection, further: [null, [FROM]] }, piece) as [{ topics: unknown }]
    expect(params.topics).toEqual([selection.topics, null, [FROM]])
  })

  test('behavior: a log that has any of the topics in their places is what was asked for', () => {
    expect(readWith([FROM])).toHaveLength(1)
    expect(readWith([TO as never, FROM])).toHaveLength(1)
    expect(readWith(null, [TO as never])).toHaveLength(1)
    expect(readWith([FROM], [TO as never])).toHaveLength(1)
  })

  test('error: UnexpectedReply for a log that has them elsewhere or not at all', () => {
    for (const further of [[[TO]], [null, [FROM]], [[FROM], [FROM]], [[FROM], [TO], [TO]]])
      expect(() => readWith(...(further as never[]))).toThrow(UnexpectedReply)
  })
})

test('error: TooManyResults for an answer that is full to the brim, where its size is known', () => {
  const two = read([rawLog(150n), rawLog(151n)])
  expect(() => refuseFull(two, 2n, 'a')).toThrow(TooManyResults)
  expect(() => refuseFull(two, 1n, 'a')).toThrow('ask for fewer blocks')
  for (const most of [3n, undefined]) expect(() => refuseFull(two, most, 'a')).not.toThrow()
})
