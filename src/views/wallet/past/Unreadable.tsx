import type { WalletPast } from '../../../math/walletPast.ts'
import { walletAssets } from '../../../pools/walletAssets.ts'
import { useSession } from '../../../queries/session.ts'
import callouts from '../../ui/Callout.module.css'
import { type HeldAsset, nameOf } from './held.ts'
import { unreadable } from './unseen.ts'

type Props = { readonly past: WalletPast; readonly held: readonly HeldAsset[] }

/** Name the tokens that the newest block told nothing of: an older figure is no present one. */
export function Unreadable({ past, held }: Props) {
  const { tokenPools } = useSession()
  const missing = unreadable(past, held, walletAssets(tokenPools))
  if (missing.length === 0) return null
  return (
    <p className={callouts['callout']} data-tone="warning" role="alert">
      <strong>Not all could be read.</strong> {past.operator} told no usable balance or rate of{' '}
      {missing.map(nameOf).join(', ')} at the newest block, so what is held of it now, if anything, is in no
      figure up to now.
    </p>
  )
}
