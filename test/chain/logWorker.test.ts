import { expect, test } from 'vitest'
import { MethodUnavailable } from '../../src/chain/errors.ts'
import { LostLogs } from '../../src/chain/logAnswer.ts'
import type { LogJob, LogWorker } from '../../src/chain/logTask.ts'
import { createLogWork } from '../../src/chain/logWork.ts'
import { createLogWorker, workOn } from '../../src/chain/logWorker.ts'
import { createTeam } from '../../src/chain/teamwork.ts'
import { lengthOf, totalBlocks } from '../../src/math/intervals.ts'
import { capped, dailyBlocks, filterOf, knownDays, refusal, startLogEndpoint, visit } from './logEndpoint.ts'

const range = { from: 1_000_000n, to: 1_099_999n }
const BLOCKS = dailyBlocks(range.from, range.to)
const filter = filterOf({ known: knownDays(BLOCKS) })

function start(url: string): { worker: LogWorker; job: LogJob } {
  const client = visit([{ url }])
  const [worker] = client.standings.map(standing => createLogWorker(client, standing, filter))
  if (worker === undefined) throw new TypeError('There is one endpoint.')
  const work = createLogWork({ ...range, quiet: 10_800n, finalized: range.to }, { covered: [], logs: [] })
  const job = {
    client,
    filter,
    range,
    work,
    team: createTeam([worker]),
    signal: undefined,
    keep: async () => undefined,
  }
  return { worker, job }
}

test('default: works until all is read', async () => {
  const endpoint = await startLogEndpoint(BLOCKS, capped(10_000n))
  const { worker, job } = start(endpoint.url)
  await workOn(worker, job)
  expect(job.work.gaps()).toEqual([])
  expect(job.work.survey().logs.map(({ block }) => block)).toEqual(BLOCKS)
  expect(job.team.isOver()).toBe(true)
  expect(worker.failure?.name).toBe('RangeTooWide')
})

test('behavior: leaves at a refusal on principle, and leaves its piece to others', async () => {
  const endpoint = await startLogEndpoint(BLOCKS, ({ index }) =>
    index === 3
      ? refusal({ code: -32_601, message: 'Method not found' })
      : capped(10_000n)({ span: 0n } as never),
  )
  const { worker, job } = start(endpoint.url)
  await workOn(worker, job)
  expect(worker.failure).toBeInstanceOf(MethodUnavailable)
  expect(endpoint.asked).toHaveLength(4)
  expect(job.work.gaps()).toHaveLength(1)
  expect(job.team.active.size).toBe(0)
})

test('behavior: a proof that lies within what is wanted is not asked for twice', async () => {
  const endpoint = await startLogEndpoint(BLOCKS, capped(1_000n))
  const { worker, job } = start(endpoint.url)
  await workOn(worker, job)
  const served = endpoint.served.reduce((sum, { span }) => sum + span, 0n)
  expect(served).toBe(range.to - range.from + 1n)
})

test('error: the reason of an abort', async () => {
  const endpoint = await startLogEndpoint(BLOCKS)
  const { worker, job } = start(endpoint.url)
  const reason = new DOMException('gone', 'AbortError')
  await expect(workOn(worker, { ...job, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  expect(job.team.active.size).toBe(0)
})

test('behavior: an answer that comes after the endpoint was found out does not count', async () => {
  const endpoint = await startLogEndpoint(BLOCKS)
  const { worker, job } = start(endpoint.url)
  endpoint.answer(asked => {
    if (asked.index === 1) worker.seat.lost.set(filter.key, new LostLogs('left out logs'))
    return undefined
  })
  await workOn(worker, job)
  const read = job.work.survey().logs.length
  expect(read).toBeGreaterThan(0)
  expect(endpoint.asked).toHaveLength(2)
  expect(totalBlocks(job.work.gaps())).toBe(lengthOf(range) - (endpoint.served[0]?.span ?? 0n))
})
