import { useRemembered } from '../../queries/remembered.ts'

/** What the reader asked to be remembered, offered while typing. */
export function RecentList({ id }: { readonly id: string }) {
  const { wallets } = useRemembered()
  // Without it the field is a plain one, and is said to be.
  if (wallets.length === 0) return null
  return (
    <datalist id={id}>
      {wallets.map(wallet => (
        <option key={wallet.join()} value={wallet.join(' ')} />
      ))}
    </datalist>
  )
}
