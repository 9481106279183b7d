import { intersect, lengthOf } from '../math/intervals.ts'
import { askLogs } from './askLogs.ts'
import type { ChainClient } from './client.ts'
import { ChainError } from './errors.ts'
import { LostLogs } from './logAnswer.ts'
import type { LogFilter } from './logFilter.ts'
import { createLogProof } from './logProof.ts'
import { dismiss, partsOf, recover } from './logRecovery.ts'
import { giveBack, type LogJob, type LogTask, type LogWorker, takeTask } from './logTask.ts'
import { logSeatOf, rememberSpan } from './logVisit.ts'
import type { LogPiece, LogWork } from './logWork.ts'
import type { Standing } from './standing.ts'

/** Put an endpoint to work, with what this visit has found out about it. */
export function createLogWorker(client: ChainClient, standing: Standing, filter: LogFilter): LogWorker {
  const seat = logSeatOf(client, standing.endpoint)
  const proof = createLogProof(filter.known, seat.proven.has(filter.key))
  return { standing, seat, proof, waiting: [], lowest: undefined, floor: 0n, strikes: 0, failure: undefined }
}

/** Enter the part of an answer that nobody else has given or is about to give. */
function holdRest({ standing }: LogWorker, { piece, logs }: LogPiece, work: LogWork): void {
  for (const part of intersect(work.gaps(), [piece])) {
    work.takeGap(part)
    const inside = logs.filter(({ block }) => block >= part.from && block <= part.to)
    work.hold(standing.endpoint, { piece: part, logs: inside }, true)
  }
}

/** Enter an answer in the books. */
async function accept(
  worker: LogWorker,
  kind: LogTask['kind'],
  answer: LogPiece,
  job: LogJob,
): Promise<void> {
  const { work, client, filter, team } = job
  const { endpoint } = worker.standing
  const spoilt = []
  if (kind === 'gap') work.hold(endpoint, answer, worker.proof.isProven())
  if (kind === 'check')
    for (const url of work.check(endpoint, answer)) {
      const other = client.standings.find(standing => standing.endpoint.url === url)
      const operator = other?.endpoint.operator
      const lost = new LostLogs(`left out logs that ${endpoint.operator} gave; use another endpoint`, {
        operator,
      })
      other?.noteFailure({ method: 'eth_getLogs', role: 'logs' }, lost)
      spoilt.push(...dismiss(url, lost, job))
    }
  if (kind === 'proof') worker.waiting = [...worker.waiting, answer]
  if (worker.proof.isProven()) {
    worker.seat.proven.add(filter.key)
    for (const early of worker.waiting) holdRest(worker, early, work)
    worker.waiting = []
  }
  team.notify()
  await job.keep(spoilt)
}

/** Carry out a task, piece by piece where it has too many logs. @returns whether the endpoint goes on */
async function perform(worker: LogWorker, task: LogTask, job: LogJob): Promise<boolean> {
  const { standing, seat, proof } = worker
  const { client, filter, signal } = job
  const { endpoint } = standing
  const todo = [task.piece]
  for (let piece = todo.pop(); piece !== undefined; piece = todo.pop()) {
    try {
      const question = { endpoint, filter, proof, addresses: seat.addresses, signal }
      const logs = await askLogs(client, question, piece)
      // Found out meanwhile: what it says does not count any more.
      if (seat.lost.has(filter.key)) {
        giveBack(task, [piece, ...todo], job)
        return false
      }
      seat.span.serve(lengthOf(piece))
      rememberSpan(client, endpoint, seat)
      worker.strikes = 0
      if (worker.lowest === undefined || piece.from < worker.lowest) worker.lowest = piece.from
      proof.enter(
        piece,
        logs.map(({ block }) => block),
      )
      await accept(worker, task.kind, { piece, logs }, job)
    } catch (failure) {
      if (!(failure instanceof ChainError)) throw failure
      const parts = partsOf(piece, failure)
      if (parts !== undefined) {
        todo.push(...parts)
        continue
      }
      giveBack(task, [piece, ...todo], job)
      return recover(worker, failure, piece, job)
    }
  }
  return true
}

/**
 * Let an endpoint work on a reading until nobody has anything left to do, or it fails for good.
 * @throws the reason of an abort
 */
export async function workOn(worker: LogWorker, job: LogJob): Promise<void> {
  const { standing, seat } = worker
  const { team, filter } = job
  try {
    while (!team.isOver()) {
      const refusal = standing.setAside() ?? seat.lost.get(filter.key)
      worker.failure = refusal ?? worker.failure
      if (refusal !== undefined) return
      const task = takeTask(worker, job)
      if (task === undefined) await team.rest(worker)
      else if (!(await perform(worker, task, job))) return
    }
  } finally {
    team.leave(worker)
  }
}
