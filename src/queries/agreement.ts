import { queryOptions } from '@tanstack/react-query'
import type { Agreement as AgreementReading } from '../chain/readAgreement.ts'
import { WAD } from '../math/fixedPoint.ts'
import { SLOW, SOON } from './freshness.ts'
import { type Live, liveKey } from './live.ts'
import type { Session } from './session.ts'

export type Agreement = AgreementReading

/** What a rate that moves with every block must move by to be asked about again: a tenth of a percent. */
const COARSE = WAD / 1_000n

/** Name the rates that were agreed on: those of report pools to the wei, the others roughly. */
const ratesOf = ({ pools }: Live): string =>
  pools
    .map(({ pool, reading }) => {
      if (reading.state !== 'known') return reading.state
      return pool.accrual === 'report' ? reading.rate : reading.rate / COARSE
    })
    .join()

const agreementKey = (session: Session, live: Live | undefined) =>
  ['agreement', session.id, live === undefined ? '' : ratesOf(live)] as const

/**
 * What other operators say of the headline figures: asked once for each set of rates, and again now and then.
 * Where the operator of the figures is refuted, they are read again from others.
 */
export const agreementQuery = (session: Session, live: Live | undefined) =>
  queryOptions({
    queryKey: agreementKey(session, live),
    queryFn: async ({ client, signal }): Promise<Agreement | null> => {
      const figures = client.getQueryData<Live>(liveKey(session))
      if (figures === undefined) return null
      // The figures do not wait for it.
      const { readAgreement } = await import('../chain/readAgreement.ts')
      const agreement = await readAgreement(session.client, session.tokenPools, figures, signal)
      if (agreement.verdict.kind === 'refuted') void client.refetchQueries({ queryKey: liveKey(session) })
      return agreement
    },
    enabled: live !== undefined,
    ...SLOW,
    refetchInterval: query => (query.state.data?.verdict.kind === 'alone' ? SOON : SLOW).refetchInterval,
    structuralSharing: false,
  })
