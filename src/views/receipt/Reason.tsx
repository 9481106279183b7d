import { explain } from '../../queries/explain.ts'

/** Why something could not be had, as far as those who were asked say. */
export function Reason({ error }: { readonly error: Error }) {
  const { message, details } = explain(error)
  return <>{details.length === 0 ? message : details.join(' ')}</>
}
