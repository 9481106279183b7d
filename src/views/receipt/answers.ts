import type { Reading } from '../../math/sample.ts'
import { poolKey, type TokenPool } from '../../pools/definePool.ts'
import type { Read } from '../../pools/read.ts'
import type { Agreement } from '../../queries/agreement.ts'
import type { Opinion } from '../../queries/recheck.ts'
import { answerInWords } from './answerWords.ts'
import { type ReceiptCall, wordOf } from './receipt.ts'

/** A call in its place among those of a receipt. */
export type PlacedCall = ReceiptCall & { readonly place: number }

/** What one operator answered to a call. */
export type Answer = {
  readonly operator: string
  readonly returnData: string
  /** How it was asked: for the figure, to settle whether the headline figures are right, or again by the reader. */
  readonly how: 'figure' | 'agreement' | 'hash' | 'number'
}

/** What a reading says of one of the reads that it was made of. */
function wordIn(reading: Reading | undefined, pool: TokenPool, read: Read): string | undefined {
  if (reading?.state !== 'known') return undefined
  if (read === pool.rate) return wordOf(reading.rate)
  if (read === pool.supply) return wordOf(reading.supply)
  return read === pool.pooled ? wordOf(reading.pooled) : undefined
}

/** Whether a read is one of the headline figures that several operators are asked for. */
const poolOf = (pools: readonly TokenPool[], read: Read): TokenPool | undefined =>
  pools.find(({ rate, supply, pooled }) => [rate, supply, pooled].includes(read))

/** What operators answered to a call when the headline figures of its block were settled. */
function answersOfAgreement(
  call: ReceiptCall,
  pools: readonly TokenPool[],
  agreement: Agreement | undefined,
): Answer[] {
  const pool = poolOf(pools, call.read)
  if (pool === undefined || agreement?.block !== call.block || agreement.time !== call.time) return []
  const { verdict } = agreement
  const key = poolKey(pool)
  const say = (operator: string, reading: Reading | undefined): Answer[] => {
    const returnData = wordIn(reading, pool, call.read)
    return returnData === undefined ? [] : [{ operator, returnData, how: 'agreement' }]
  }
  switch (verdict.kind) {
    case 'agreed':
      // Whoever is not among them was outvoted, and so is what it gave.
      return call.operators.every(operator => verdict.operators.includes(operator))
        ? verdict.operators.map(operator => ({ operator, returnData: call.returnData, how: 'agreement' }))
        : []
    case 'refuted':
      return verdict.operators.flatMap(operator => say(operator, verdict.sample.readings[key]))
    case 'disputed':
      return verdict.disputes
        .filter(dispute => dispute.poolKey === key)
        .flatMap(({ claims }) => claims.flatMap(({ operator, reading }) => say(operator, reading)))
    case 'alone':
      return []
  }
}

/** Gather who answered what to a call: for the figure, when the headlines were settled, and again. */
export function answersTo(
  call: PlacedCall,
  pools: readonly TokenPool[],
  agreement: Agreement | undefined,
  opinions: readonly Opinion<{ readonly place: number }>[],
): Answer[] {
  const own: Answer = {
    operator: call.operators.join(' or '),
    returnData: call.returnData,
    how: 'figure',
  }
  const again = opinions.flatMap(({ calls, operator, returnData, isByHash }): Answer[] => {
    const answer = returnData[calls.findIndex(({ place }) => place === call.place)]
    return answer === undefined ? [] : [{ operator, returnData: answer, how: isByHash ? 'hash' : 'number' }]
  })
  // What the reader asked, with its bytes, stands for what the operator said before.
  const others = [...again, ...answersOfAgreement(call, pools, agreement)]
  const seen = new Set([own.operator])
  return [own, ...others.filter(({ operator }) => !seen.has(operator) && seen.add(operator))]
}

const sameBytes = (answer: Answer): string => answer.returnData.toLowerCase()

/** Whether operators answered different things. */
export const doDiffer = (answers: readonly Answer[]): boolean => new Set(answers.map(sameBytes)).size > 1

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** Say who gave an answer, and whether they say the same. */
export function agreementInWords(answers: readonly Answer[], read: Read): string {
  const byBytes = new Map<string, string[]>()
  for (const answer of answers)
    byBytes.set(sameBytes(answer), [...(byBytes.get(sameBytes(answer)) ?? []), answer.operator])
  const names = answers.map(({ operator }) => operator)
  if (names.length < 2) return `Only ${names.join('')} has been asked.`
  if (byBytes.size === 1) return `${listed(names)} gave the same.`
  const claims = [...byBytes].map(
    ([bytes, who]) => `${listed(who)} ${who.length === 1 ? 'says' : 'say'} ${answerInWords(read, bytes)}`,
  )
  return `${listed(names)} differ: ${claims.join('; ')}.`
}

/** Say that operators agreed on the newest figures, where a call is one of them and of a block after that. */
export function earlierAgreement(
  calls: readonly ReceiptCall[],
  pools: readonly TokenPool[],
  agreement: Agreement | undefined,
): { readonly operators: string; readonly block: bigint } | undefined {
  if (agreement?.verdict.kind !== 'agreed') return undefined
  const isLater = calls.some(
    ({ read, block }) => poolOf(pools, read) !== undefined && block > agreement.block,
  )
  return isLater ? { operators: listed(agreement.verdict.operators), block: agreement.block } : undefined
}
