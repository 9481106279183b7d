import { useId } from 'react'
import styles from './Segmented.module.css'
import { showWhole } from './showWhole.ts'

type Props<Option extends string> = {
  readonly label: string
  /** Word shown before the options, where they do not speak for themselves. */
  readonly caption?: string
  readonly options: readonly Option[]
  readonly labels: Readonly<Record<Option, string>>
  readonly value: Option
  readonly onChange: (option: Option) => void
}

/** A choice of one among a few, as native radio buttons: arrow keys, focus and names come with them. */
export function Segmented<Option extends string>({
  label,
  caption,
  options,
  labels,
  value,
  onChange,
}: Props<Option>) {
  const name = useId()
  return (
    <fieldset className={styles['segmented']}>
      <legend className="visually-hidden">{label}</legend>
      {caption === undefined ? null : <span aria-hidden="true">{caption}</span>}
      {options.map(option => (
        <label key={option} data-chosen={option === value}>
          <input
            type="radio"
            name={name}
            checked={option === value}
            onChange={() => onChange(option)}
            onFocus={showWhole}
          />
          {labels[option]}
        </label>
      ))}
    </fieldset>
  )
}
