import { describe, expect, test } from 'vitest'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import type { LogFilter } from '../../src/chain/logFilter.ts'
import { giveBack, type LogJob, type LogWorker, takeTask } from '../../src/chain/logTask.ts'
import { createLogWork } from '../../src/chain/logWork.ts'
import { createLogWorker } from '../../src/chain/logWorker.ts'
import { createTeam } from '../../src/chain/teamwork.ts'
import { filterOf, logRecord, visit } from './logEndpoint.ts'

const range = { from: 0n, to: 99_999n }
const at = (name: string, span: bigint, change: Partial<Endpoint> = {}) =>
  logRecord(`http://${name}`, name, { limits: { span }, ...change })

function start(
  filter: LogFilter,
  ...records: readonly Endpoint[]
): { job: LogJob; workers: readonly LogWorker[] } {
  const client = visit(records)
  const workers = client.standings.map(standing => createLogWorker(client, standing, filter))
  const work = createLogWork({ ...range, quiet: 10_000n, finalized: range.to }, { covered: [], logs: [] })
  const job = {
    client,
    filter,
    range,
    work,
    team: createTeam(workers),
    signal: undefined,
    keep: async () => undefined,
  }
  return { job, workers }
}

const take = ({ job, workers }: ReturnType<typeof start>, place = 0) =>
  takeTask(workers[place] as LogWorker, job)

describe('gaps', () => {
  test('default: the newest that nobody has taken, as wide as the endpoint allows', () => {
    const both = start(filterOf(), at('a', 10_000n), at('b', 1_000n))
    expect(take(both)).toEqual({ kind: 'gap', piece: { from: 90_000n, to: 99_999n } })
    expect(take(both, 1)).toEqual({ kind: 'gap', piece: { from: 89_000n, to: 89_999n } })
  })

  test('behavior: what is given back is taken again', () => {
    const one = start(filterOf(), at('a', 10_000n))
    const task = take(one)
    if (task !== undefined) giveBack(task, [task.piece], one.job)
    expect(take(one)).toEqual(task)
  })

  test('behavior: nothing below what an endpoint keeps', () => {
    const one = start(filterOf(), at('a', 10_000n))
    const [worker] = one.workers
    if (worker !== undefined) worker.floor = 95_000n
    expect(take(one)?.piece).toEqual({ from: 95_000n, to: 99_999n })
    expect(take(one)).toBeUndefined()
  })

  test('behavior: a tiny span is for the last day, until nobody with a wider one is left', () => {
    const both = start(filterOf(), at('tiny', 499n), at('wide', 50_000n))
    both.job.work.takeGap({ from: 92_800n, to: 99_999n })
    expect(take(both)).toBeUndefined()
    both.job.team.leave(both.workers[1] as LogWorker)
    expect(take(both)?.piece).toEqual({ from: 92_301n, to: 92_799n })
  })

  test('behavior: 500 blocks are not tiny', () => {
    const both = start(filterOf(), at('small', 500n), at('wide', 50_000n))
    both.job.work.takeGap({ from: 92_800n, to: 99_999n })
    expect(take(both)?.piece).toEqual({ from: 92_300n, to: 92_799n })
  })
})

describe('proof', () => {
  test('default: a known range first, unless the piece holds one', () => {
    const known = [{ from: 50_000n, to: 51_000n }]
    expect(take(start(filterOf({ known }), at('a', 10_000n)))).toEqual({ kind: 'proof', piece: known[0] })
    const held = [{ from: 95_000n, to: 96_000n }]
    expect(take(start(filterOf({ known: held }), at('a', 10_000n)))?.kind).toBe('gap')
  })

  test('behavior: no proof is asked for where nothing is left to do', () => {
    const one = start(filterOf({ known: [{ from: 50_000n, to: 51_000n }] }), at('a', 10_000n))
    one.job.work.takeGap(range)
    expect(take(one)).toBeUndefined()
  })

  test('behavior: an endpoint that is hardly needed is not asked many times to prove itself', () => {
    const wide = [{ from: 50_000n, to: 57_000n }]
    expect(take(start(filterOf({ known: wide }), at('tiny', 100n), at('wide', 50_000n)))).toBeUndefined()
    expect(take(start(filterOf({ known: wide }), at('tiny', 100n)))?.kind).toBe('proof')
    const narrow = [{ from: 50_000n, to: 50_799n }]
    expect(take(start(filterOf({ known: narrow }), at('tiny', 100n), at('wide', 50_000n)))?.kind).toBe(
      'proof',
    )
  })
})

test('behavior: a doubt of another’s comes before gaps', () => {
  const both = start(filterOf(), at('a', 20_000n), at('b', 20_000n))
  const first = take(both)
  expect(first?.piece).toEqual({ from: 80_000n, to: 99_999n })
  both.job.work.hold(
    { url: 'http://a', operator: 'a' },
    { piece: { from: 80_000n, to: 99_999n }, logs: [] },
    false,
  )
  expect(take(both)?.kind).toBe('gap')
  expect(take(both, 1)).toEqual({ kind: 'check', piece: { from: 80_000n, to: 99_999n } })
})
