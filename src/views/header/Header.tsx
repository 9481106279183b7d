import { ViewLink } from '../ui/ViewLink.tsx'
import { AddressField } from './AddressField.tsx'
import styles from './Header.module.css'
import { NetworkPill } from './NetworkPill.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'

type Props = { readonly theme: string; readonly onTheme: (theme: 'system' | 'light' | 'dark') => void }

export function Header({ theme, onTheme }: Props) {
  return (
    <header className={styles['header']}>
      <div className={styles['inner']}>
        <ViewLink className={styles['word']} to="/">
          Poolglass
        </ViewLink>
        <NetworkPill />
        <AddressField />
        <ThemeSwitch theme={theme} onTheme={onTheme} />
      </div>
    </header>
  )
}
