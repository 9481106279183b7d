import styles from './Skeleton.module.css'

type Props = {
  readonly rows: number
  readonly label: string
} & (
  | { readonly height: number }
  | {
      /** A class that gives the rows their height, where that follows the screen. */ readonly rowsLike:
        | string
        | undefined
    }
)

/** Grey lines of the final size, so that nothing jumps when the figures come. */
export function Skeleton({ rows, label, ...size }: Props) {
  const [style, own] = 'height' in size ? [{ height: size.height }] : [undefined, ` ${size.rowsLike}`]
  return (
    <div className={`${styles['skeleton']}${own ?? ''}`} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map(row => (
        <div key={row} aria-hidden="true" style={style}>
          <span />
        </div>
      ))}
    </div>
  )
}
