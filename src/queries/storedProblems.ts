import { findUnreadable, markTold, type Unreadable } from '../store/unreadable.ts'

/** A reason why the page may be other than its reader left it. */
export type StoredProblem = Unreadable

/** Look once through what this browser keeps for the page. */
export const storedProblems = (chain: string): readonly StoredProblem[] => findUnreadable(chain)

/** Let the reader not be told of these at the next visit. */
export const tellStoredProblems = (problems: readonly StoredProblem[]): void => void markTold(problems)
