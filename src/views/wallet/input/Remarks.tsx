import { useQueries, useQuery } from '@tanstack/react-query'
import { accountKindQuery } from '../../../queries/accountKind.ts'
import { remarkOn, remarkOnSum } from '../../../queries/remarks.ts'
import { useSession } from '../../../queries/session.ts'
import { walletQuery } from '../../../queries/wallet.ts'
import callouts from '../../ui/Callout.module.css'
import styles from './Input.module.css'
import { shortOf } from './words.ts'

/** What is unusual about the accounts. It is asked after the holdings, which it must not delay. */
export function Remarks({ accounts }: { readonly accounts: readonly string[] }) {
  const session = useSession()
  const { data: wallet } = useQuery(walletQuery(session, accounts))
  const kinds = useQueries({
    queries: accounts.map(account => ({
      ...accountKindQuery(session, account),
      enabled: wallet !== undefined,
    })),
  })
  const remarks = accounts.flatMap((account, index) => {
    const remark = remarkOn(account, session.tokenPools, kinds[index]?.data)
    if (remark === undefined) return []
    return [accounts.length === 1 ? remark : `${shortOf(account)}: ${remark}`]
  })
  const sum = wallet === undefined ? undefined : remarkOnSum(wallet.holdings)
  if (sum !== undefined) remarks.push(sum)
  return (
    <ul className={styles['remarks']} aria-label="About these accounts" aria-live="polite">
      {remarks.map(remark => (
        <li key={remark} className={callouts['callout']}>
          {remark}
        </li>
      ))}
    </ul>
  )
}
