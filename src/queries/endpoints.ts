import { useSyncExternalStore } from 'react'
import { type Endpoint as EndpointRecord, type Pace, PRIVACY_SOURCE, paceOf } from '../chain/endpoints.ts'
import type { LedgerEntry as Entry } from '../chain/ledger.ts'
import type { Rung as RungName, Standing as StandingOf } from '../chain/standing.ts'
import type { EndpointSettings as Settings } from '../store/endpointSettings.ts'
import { useSession } from './session.ts'

export type Endpoint = EndpointRecord
export type LedgerEntry = Entry
export type Rung = RungName
export type Standing = StandingOf
export type EndpointSettings = Settings

/** Where what is said about tracking comes from. */
export const privacySource: string = PRIVACY_SOURCE

/** The pace that an endpoint is held to until it refuses one. */
export const statedPace = (endpoint: Endpoint): Pace => paceOf(endpoint)

/** Whether an endpoint refused or failed; a contract's revert is an answer, and one that was left is nobody's fault. */
export const isRefused = ({ outcome }: LedgerEntry): boolean =>
  !['answered', 'left', 'CallReverted'].includes(outcome)

/** This visit's requests so far, oldest first; follows them as they are made. */
export function useLedger(): readonly LedgerEntry[] {
  const { ledger } = useSession().client
  return useSyncExternalStore(ledger.subscribe, ledger.entries)
}

/** Why endpoints in use are not asked any more, in words; follows the requests, and is heard of only where that changes. */
export function useSetAside(): readonly string[] {
  const { ledger, standings } = useSession().client
  // One text, since a store is compared by identity.
  const told = useSyncExternalStore(ledger.subscribe, () =>
    JSON.stringify(standings.flatMap(({ setAside }) => setAside()?.message ?? [])),
  )
  return JSON.parse(told)
}

/** What this visit has found out about the endpoints in use, in their order; follows the requests. */
export function useStandings(): readonly Standing[] {
  useLedger()
  return useSession().client.standings
}
