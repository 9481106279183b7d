import { useSession } from '../../queries/session.ts'
import { useStorageProblem } from '../../queries/storage.ts'
import { ViewLink } from '../ui/ViewLink.tsx'
import { Disagreements } from './Disagreements.tsx'
import { LateNotices } from './LateNotices.tsx'
import styles from './Notices.module.css'
import { UpdateNotice } from './UpdateNotice.tsx'

/** What a reader must know before any figure: that it is simulated, or that nothing is kept. */
export function Notices() {
  const { chain, exampleWallet } = useSession()
  const storage = useStorageProblem()
  return (
    <aside aria-label="Notices">
      {chain === 'embedded' ? (
        <p className={styles['notice']}>
          <strong>Embedded chain, simulated values.</strong> Not mainnet.
          {exampleWallet === undefined ? null : (
            <>
              {' '}
              <ViewLink to={`/wallet/${exampleWallet}`}>Look at an example wallet</ViewLink>
            </>
          )}
        </p>
      ) : null}
      {chain === 'local' ? (
        <p className={styles['notice']}>Local node. Values are those of its chain.</p>
      ) : null}
      <UpdateNotice />
      <Disagreements />
      <LateNotices />
      {storage === undefined ? null : <p className={styles['notice']}>{storage}</p>}
    </aside>
  )
}
