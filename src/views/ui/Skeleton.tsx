import styles from './Skeleton.module.css'

/** Grey lines of the final size, so that nothing jumps when the figures come. */
export function Skeleton({
  rows,
  height,
  label,
}: {
  readonly rows: number
  readonly height: number
  readonly label: string
}) {
  return (
    <div className={styles['skeleton']} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map(row => (
        <div key={row} aria-hidden="true" style={{ height }}>
          <span />
        </div>
      ))}
    </div>
  )
}
