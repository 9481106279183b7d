import type { ReactNode } from 'react'
import { Link, useSearch } from 'wouter'

type Props = { readonly to: string; readonly children: ReactNode; readonly className?: string | undefined }

/** A link to another page that takes the chosen range, window and measure along. */
export function ViewLink({ to, children, className }: Props) {
  const search = useSearch()
  return (
    <Link href={search === '' ? to : `${to}?${search}`} {...(className === undefined ? {} : { className })}>
      {children}
    </Link>
  )
}
