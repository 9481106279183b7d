import { ViewLink } from '../ui/ViewLink.tsx'
import styles from './MethodPage.module.css'
import { METHOD_PARTS } from './parts.ts'

/** Links to the parts of the page. */
export function Contents() {
  return (
    <nav aria-label="On this page">
      <ul className={styles['contents']}>
        {Object.entries(METHOD_PARTS).map(([id, title]) => (
          <li key={id}>
            <ViewLink to={`/method/${id}`}>{title}</ViewLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
