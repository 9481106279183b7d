import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import {
  type AnsweredCall,
  groupCalls,
  type NoOpinion,
  type Opinion,
  readAgain,
} from '../../queries/recheck.ts'
import { useSession } from '../../queries/session.ts'
import type { Answer, PlacedCall } from './answers.ts'
import type { Receipt } from './receipt.ts'

type Asked = AnsweredCall & { readonly place: number }

const isOpinion = (one: Opinion<Asked> | NoOpinion<Asked>): one is Opinion<Asked> => 'operator' in one

/** Who has been asked by the reader, and the others who have said something. */
function askedOf(
  call: PlacedCall,
  opinions: readonly Opinion<Asked>[],
  answersOf: (call: PlacedCall, opinions: readonly Opinion<Asked>[]) => readonly Answer[],
): Asked {
  const again = opinions
    .filter(({ calls }) => calls.some(({ place }) => place === call.place))
    .map(({ operator }) => operator)
  const { place, read, block, time } = call
  const heard = answersOf(call, opinions).map(({ operator }) => operator)
  return { place, read, block, time, operators: [...call.operators, ...again], heard }
}

/** Ask other operators for the calls of a receipt, one more each time; leaving the receipt ends it. */
export function useReadAgain(
  receipt: Receipt,
  calls: readonly PlacedCall[],
  answersOf: (call: PlacedCall, opinions: readonly Opinion<Asked>[]) => readonly Answer[],
) {
  const session = useSession()
  const queries = useQueryClient()
  const [opinions, setOpinions] = useState<readonly Opinion<Asked>[]>([])
  const isWallet = receipt.account !== undefined
  const context = useMemo(() => ({ session, queries, isWallet }), [session, queries, isWallet])
  const groups = groupCalls(
    calls.map(call => askedOf(call, opinions, answersOf)),
    context,
  )
  const leave = useRef<AbortController>(undefined)
  useEffect(() => () => leave.current?.abort(), [])
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () => {
      leave.current = new AbortController()
      return readAgain(groups, context, leave.current.signal)
    },
    onSuccess: found => setOpinions(before => [...before, ...found.filter(isOpinion)]),
  })
  const failures = (data ?? []).flatMap(one => (isOpinion(one) ? [] : [one.why]))
  return {
    opinions,
    ask: () => mutate(),
    isPending,
    failures: error === null ? failures : [error],
    /** Who would be asked next; nobody where everybody has answered. */
    next: groups.flatMap(({ witnesses }) => witnesses.slice(0, 1).map(({ operator }) => operator)),
  }
}
