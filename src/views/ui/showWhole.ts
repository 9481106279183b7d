import type { FocusEvent } from 'react'

/** Bring all of what has the focus into a row that scrolls: browsers leave what they show a part of where it is. */
export const showWhole = ({ currentTarget }: FocusEvent<HTMLElement>): void =>
  currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })
