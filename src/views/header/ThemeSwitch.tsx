import styles from './Header.module.css'

const NEXT = { system: 'light', light: 'dark', dark: 'system' } as const
const WORDS = { system: 'as the system', light: 'light', dark: 'dark' } as const
const SIGNS = { system: '◐', light: '○', dark: '●' } as const

type Theme = keyof typeof NEXT
type Props = { readonly theme: string; readonly onTheme: (theme: Theme) => void }

const isTheme = (theme: string): theme is Theme => theme in NEXT

/** Go round system, light and dark. */
export function ThemeSwitch({ theme, onTheme }: Props) {
  const current = isTheme(theme) ? theme : 'system'
  return (
    <button
      type="button"
      className={styles['theme']}
      onClick={() => onTheme(NEXT[current])}
      aria-label={`Colours: ${WORDS[current]}. Switch to ${WORDS[NEXT[current]]}.`}
      title={`Colours: ${WORDS[current]}`}
    >
      {SIGNS[current]}
    </button>
  )
}
