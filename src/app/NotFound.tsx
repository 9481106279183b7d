import { quoted } from '../format/quoted.ts'
import styles from '../views/ui/Page.module.css'
import { useTitle } from '../views/ui/useTitle.ts'
import { ViewLink } from '../views/ui/ViewLink.tsx'

/** Nothing stands at an address: say which, and how to go on. */
export function NotFound({ path }: { readonly path: string }) {
  useTitle('No such page', 'There is no page at this address.')
  return (
    <section className={styles['page']}>
      <h1>No such page</h1>
      <p className={styles['lead']}>
        There is nothing at {quoted(path)}. <ViewLink to="/">Go to the overview.</ViewLink>
      </p>
    </section>
  )
}
