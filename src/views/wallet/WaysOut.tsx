import { useSettledLive } from '../../queries/settledLive.ts'
import { useSettledWallet } from '../../queries/settledWallet.ts'
import { ExitCard } from './ExitCard.tsx'

/** The ways out of what accounts hold. What cannot be read is told where the holdings are. */
export function WaysOut({ accounts }: { readonly accounts: readonly string[] }) {
  const { data: wallet } = useSettledWallet(accounts)
  const { live } = useSettledLive()
  // What the ways out offer changes by the hour: an earlier visit's word about it is none.
  const now = live.data?.isRecalled === true ? undefined : live.data
  return wallet === undefined ? null : <ExitCard wallet={wallet} live={now} />
}
