import { useSettledLive } from '../../queries/settledLive.ts'
import { useSettledWallet } from '../../queries/settledWallet.ts'
import { ExitCard } from './ExitCard.tsx'

/** The ways out of what accounts hold. What cannot be read is told where the holdings are. */
export function WaysOut({ accounts }: { readonly accounts: readonly string[] }) {
  const { data: wallet } = useSettledWallet(accounts)
  const { live } = useSettledLive()
  return wallet === undefined ? null : <ExitCard wallet={wallet} live={live.data} />
}
