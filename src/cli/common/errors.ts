import { InvalidEndpoint } from '../../chain/endpoints.ts'
import { ChainError, NoEndpointServed } from '../../chain/errors.ts'
import { GatewayFailed, NameProblem } from '../../chain/nameErrors.ts'
import { AnvilDidNotStart, AnvilNotFound, PortTaken } from '../../embedded/anvil.ts'
import { HistoryTooShort } from '../../embedded/schedule.ts'
import { InvalidAddress, InvalidWallet } from '../../pools/account.ts'

/** What was typed makes no sense; the message says what would. */
export class BadInput extends Error {
  override readonly name = 'BadInput'
}

/** The page could not be built. */
export class PageNotBuilt extends Error {
  override readonly name = 'PageNotBuilt'
  constructor(said: string) {
    super(`The page could not be built. vite said:\n${said.trim().slice(-3_000)}`)
  }
}

/** dist/index.html is not the page that the build makes. */
export class PageWithoutHead extends Error {
  override readonly name = 'PageWithoutHead'
  constructor() {
    super('dist/index.html has no </head>, so the chain cannot be told to the page. Run "npm run build".')
  }
}

/** The embedded chain ended though nobody stopped it. */
export class EmbeddedChainEnded extends Error {
  override readonly name = 'EmbeddedChainEnded'
  /** @param cause why mining failed; undefined where only the node's end is known */
  constructor(cause?: unknown) {
    super(
      cause === undefined
        ? 'The embedded chain has ended by itself, so there is nothing to show any more. Start it again.'
        : `The embedded chain stopped: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  }
}

/** None of the pools that were asked for could be read. */
export class NothingRead extends Error {
  override readonly name = 'NothingRead'
  constructor() {
    super('Nothing could be read from this endpoint; the reason stands beside each figure above.')
  }
}

/** Transfers were to be searched for in any case, and the endpoint gave none. */
export class TransfersNotSearched extends Error {
  override readonly name = 'TransfersNotSearched'
  constructor(why: string | undefined) {
    super(
      `The transfers could not be searched: ${why ?? 'the reading was not finished; --thorough goes on.'} What is printed rests on balances alone.`,
    )
  }
}

/** What a command ends with. */
export const EXIT = { done: 0, bug: 1, badInput: 2, cannotServe: 3, interrupted: 130 } as const

const isOneOf = (error: unknown, classes: readonly (new (...args: never) => Error)[]): error is Error =>
  classes.some(one => error instanceof one)

export type Verdict = { readonly code: number; readonly message: string }

/** Decide with which code and which words a command ends after a failure. A stack trace is for bugs only. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof NoEndpointServed)
    return {
      code: EXIT.cannotServe,
      message: [
        'No public endpoint could answer. Give one with --rpc URL. Each said:',
        ...error.failures.map(failure => `  ${failure.message}`),
      ].join('\n'),
    }
  if (error instanceof ChainError) return { code: EXIT.cannotServe, message: error.message }
  if (
    isOneOf(error, [
      BadInput,
      InvalidAddress,
      InvalidWallet,
      NameProblem,
      InvalidEndpoint,
      PortTaken,
      HistoryTooShort,
    ])
  )
    return { code: EXIT.badInput, message: error.message }
  if (
    isOneOf(error, [
      AnvilNotFound,
      AnvilDidNotStart,
      EmbeddedChainEnded,
      NothingRead,
      TransfersNotSearched,
      GatewayFailed,
    ])
  )
    return { code: EXIT.cannotServe, message: error.message }
  if (error instanceof PageNotBuilt) return { code: EXIT.bug, message: error.message }
  return { code: EXIT.bug, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
