import { useWalletPast } from '../../../queries/walletPast.ts'
import { PastView } from './PastView.tsx'

type Props = { readonly accounts: readonly `0x${string}`[] }

/** What accounts held, got, gave and earned. It is read while it is looked at. */
export function Past({ accounts }: Props) {
  const reading = useWalletPast(accounts)
  return <PastView accounts={accounts} reading={reading} />
}
