import { useQuery } from '@tanstack/react-query'
import { type Agreement, agreementQuery } from './agreement.ts'
import { liveQuery } from './live.ts'
import { useSession } from './session.ts'

/** What operators are known to say of the newest figures; nobody is asked for it. */
export function useKnownAgreement(): Agreement | undefined {
  const session = useSession()
  const { data: live } = useQuery({ ...liveQuery(session), enabled: false })
  const { data } = useQuery({ ...agreementQuery(session, live), enabled: false })
  return data ?? undefined
}
