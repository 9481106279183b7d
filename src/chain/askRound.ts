import type { Seconds } from '../math/fixedPoint.ts'
import { CallReverted, ChainError, StaleHead } from './errors.ts'
import type { Member } from './member.ts'
import type { Answer, Question, Round } from './question.ts'
import { leash } from './signals.ts'

type Ask<Value> = (member: Member, signal: AbortSignal | undefined) => Promise<Answer<Value>>

type Attempt<Value> = { readonly member: Member; readonly outcome: Answer<Value> | ChainError }

const tryMember = <Value>(
  ask: Ask<Value>,
  member: Member,
  signal: AbortSignal | undefined,
): Promise<Attempt<Value>> =>
  ask(member, signal).then(
    outcome => ({ member, outcome }),
    (error: unknown) => {
      // The contract's own answer ends the search, and so does an abort.
      if (error instanceof ChainError && !(error instanceof CallReverted)) return { member, outcome: error }
      throw error
    },
  )

/** Ask one after the other until one answers. */
export async function askInTurn<Value>(
  members: readonly Member[],
  ask: Ask<Value>,
  signal: AbortSignal | undefined,
): Promise<Round<Value>> {
  const failures: ChainError[] = []
  for (const member of members) {
    const { outcome } = await tryMember(ask, member, signal)
    if (!(outcome instanceof ChainError)) return { answer: outcome, failures }
    failures.push(outcome)
  }
  return { answer: undefined, failures }
}

/** Milliseconds without an answer until the next operator is asked for the newest block as well. */
const HEDGE_AFTER = 800

/** Wait for the first of some attempts, or for as long as they are given. */
async function firstOf<Value>(
  running: Iterable<Promise<Attempt<Value>>>,
  isLast: boolean,
): Promise<Attempt<Value> | undefined> {
  if (isLast) return Promise.race(running)
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), HEDGE_AFTER)
  })
  try {
    return await Promise.race([...running, late])
  } finally {
    clearTimeout(timer)
  }
}

type HedgeOptions<Value> = {
  readonly signal: AbortSignal | undefined
  readonly ageOf: Question<Value>['ageOf']
  readonly mostAge: Seconds | undefined
}

/** Say how old an answer about the newest block is, where that is too old. */
function staleAge<Value>(value: Value, { ageOf, mostAge }: HedgeOptions<Value>): Seconds | undefined {
  const age = ageOf?.(value)
  return age !== undefined && mostAge !== undefined && age > mostAge ? age : undefined
}

/** Keep the newest of the answers that are too old, and hold it against who gave it. */
function createShelf<Value>() {
  let best: { readonly answer: Answer<Value>; readonly age: Seconds } | undefined
  return {
    answer: () => best?.answer,
    put: ({ standing }: Member, answer: Answer<Value>, age: Seconds): void => {
      const { operator } = answer
      const failure = new StaleHead(`gave a newest block that is ${age} s old; ask another`, { operator })
      standing.noteFailure({ method: 'eth_call', role: 'head' }, failure)
      if (best === undefined || age < best.age) best = { answer, age }
    },
  }
}

/** Those that were asked before the one that answered are slower; those asked after it had less time. */
function noteSlower(running: Iterable<Member>, fastest: Member, members: readonly Member[]): void {
  const before = members.slice(0, members.indexOf(fastest))
  for (const member of running) if (before.includes(member)) member.standing.noteSlow()
}

/**
 * Ask for the newest block: one endpoint after the other, and the next as well whenever nobody has answered for 0.8 s.
 * The first good answer counts and the others are left. A block that is too old counts only where none is newer.
 */
export async function askHedged<Value>(
  members: readonly Member[],
  ask: Ask<Value>,
  options: HedgeOptions<Value>,
): Promise<Round<Value>> {
  const { signal } = options
  const failures: ChainError[] = []
  const waiting = [...members]
  const running = new Map<Member, Promise<Attempt<Value>>>()
  const shelf = createShelf<Value>()
  const held = leash(signal)
  const startNext = (): void => {
    const member = waiting.shift()
    if (member !== undefined) running.set(member, tryMember(ask, member, held.signal))
  }
  const take = ({ member, outcome }: Attempt<Value>): Answer<Value> | undefined => {
    running.delete(member)
    if (outcome instanceof ChainError) failures.push(outcome)
    else {
      const age = staleAge(outcome.value, options)
      if (age === undefined) return outcome
      shelf.put(member, outcome, age)
    }
    return undefined
  }
  startNext()
  try {
    while (running.size > 0) {
      const hasAll = waiting.length === 0
      const old = shelf.answer()
      const first = await firstOf(running.values(), hasAll && old === undefined)
      // With an old block in hand, those that do not answer are not waited for longer than the others were.
      if (first === undefined && hasAll && old !== undefined) return { answer: old, failures }
      const answer = first === undefined ? undefined : take(first)
      if (first !== undefined && answer !== undefined) {
        noteSlower(running.keys(), first.member, members)
        return { answer, failures }
      }
      startNext()
    }
    return { answer: shelf.answer(), failures }
  } finally {
    // Those that lost end by this abort, which is nobody's failure.
    for (const loser of running.values()) loser.catch(() => undefined)
    held.abort(new DOMException('Another operator was faster.', 'AbortError'))
    held.release()
  }
}
