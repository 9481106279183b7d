import styles from './SkipButton.module.css'

type Props = { readonly to: string; readonly children: string }

/** A way past many figures for the keyboard: seen only when it has the focus. */
export function SkipButton({ to, children }: Props) {
  return (
    <button type="button" className={styles['skip']} onClick={() => document.getElementById(to)?.focus()}>
      {children}
    </button>
  )
}
