import { Component, type ReactNode } from 'react'
import { ErrorNote } from './ErrorNote.tsx'

type Props = { readonly what: string; readonly children: ReactNode }
type State = { readonly error: Error | undefined }

/** Keep a failure while drawing inside its card; the rest of the page goes on. React has no other way than a class. */
export class Boundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <ErrorNote
        what={`${this.props.what} on the screen`}
        error={error}
        retry={() => this.setState({ error: undefined })}
        isRetrying={false}
      />
    )
  }
}
