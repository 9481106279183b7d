import { expect, test } from 'vitest'
import { askLogs } from '../../src/chain/askLogs.ts'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import { TooManyResults } from '../../src/chain/errors.ts'
import { LostLogs } from '../../src/chain/logAnswer.ts'
import { createLogProof } from '../../src/chain/logProof.ts'
import type { Interval } from '../../src/math/intervals.ts'
import { filterOf, logRecord, startLogEndpoint, visit } from './logEndpoint.ts'

const BLOCKS = [150n, 250n, 350n]

async function asking(piece: Interval, change: Partial<Endpoint> = {}, known: readonly Interval[] = []) {
  const endpoint = await startLogEndpoint(BLOCKS)
  const record = logRecord(endpoint.url, 'a', change)
  const client = visit([record])
  const filter = filterOf({ known })
  const proof = createLogProof(known, false)
  const question = { endpoint: record, filter, proof, addresses: undefined, signal: undefined }
  return { client, endpoint, question, ask: () => askLogs(client, question, piece) }
}

test('default: the logs of a piece, and a step of the ladder', async () => {
  const { client, ask, endpoint } = await asking({ from: 100n, to: 300n })
  expect((await ask()).map(({ block }) => block)).toEqual([150n, 250n])
  expect(endpoint.asked).toMatchObject([{ from: 100n, to: 300n }])
  expect(client.standings[0]?.rungs.get('logs')).toBe(true)
})

test('behavior: an empty answer is no step', async () => {
  const { client, ask } = await asking({ from: 400n, to: 500n })
  expect(await ask()).toEqual([])
  expect(client.standings[0]?.rungs.get('logs')).toBeUndefined()
})

test('behavior: addresses in groups, of which only the last tells whether logs are missing', async () => {
  const known = [{ from: 100n, to: 200n }]
  const { client, endpoint, question } = await asking({ from: 0n, to: 1n }, {}, known)
  const others = [`0x${'11'.repeat(20)}`, `0x${'22'.repeat(20)}`] as const
  const filter = { ...question.filter, addresses: [...others, ...filterOf().addresses] }
  endpoint.answer(({ index }) => (index === 2 ? undefined : { logs: [] }))
  const logs = await askLogs(client, { ...question, filter, addresses: 1n }, { from: 100n, to: 200n })
  expect(logs.map(({ block }) => block)).toEqual([150n])
  expect(endpoint.asked.map(({ addresses }) => addresses.length)).toEqual([1, 1, 1])
})

test('error: LostLogs for a known range without one, in the pool’s sight', async () => {
  const { client, ask } = await asking({ from: 400n, to: 500n }, {}, [{ from: 410n, to: 490n }])
  await expect(ask()).rejects.toBeInstanceOf(LostLogs)
  expect(client.ledger.entries().map(({ outcome }) => outcome)).toEqual(['LostLogs'])
})

test('error: TooManyResults for as many logs as are given at once', async () => {
  const { ask } = await asking({ from: 100n, to: 400n }, { limits: { results: 3n } })
  await expect(ask()).rejects.toBeInstanceOf(TooManyResults)
  const { ask: askFewer } = await asking({ from: 100n, to: 300n }, { limits: { results: 3n } })
  expect(await askFewer()).toHaveLength(2)
})
