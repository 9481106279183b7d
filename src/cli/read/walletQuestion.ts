import type { WalletWay } from '../../chain/walletKnowledge.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { LotMethod } from '../../math/lots.ts'
import { type Entry, parseWallet } from '../../pools/account.ts'
import { BadInput } from '../common/errors.ts'
import { type OptionValues, parseDuration, textOf } from '../common/options.ts'

/** What is asked about a wallet. */
export type WalletQuestion = {
  readonly kind: 'wallet'
  readonly entries: readonly Entry[]
  readonly way: WalletWay
  readonly method: LotMethod
  readonly isHoldingsOnly: boolean
  /** Time over which the yields are taken at which the holdings earn. */
  readonly window: Seconds
  /** Whether to go on after the requests that one run makes. */
  readonly isThorough: boolean
  /** Servers outside the chain that may be told of a name. */
  readonly mayAsk: readonly string[]
}

/** Options that only a wallet understands. */
export const WALLET_OPTIONS = {
  way: { type: 'string' },
  lots: { type: 'string' },
  'holdings-only': { type: 'boolean' },
  thorough: { type: 'boolean' },
  'ask-host': { type: 'string' },
} as const

function chosen<Choice extends string>(
  options: OptionValues,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const [usual] = choices
  const text = textOf(options, name)
  const choice = text === undefined ? usual : choices.find(one => one === text)
  if (choice !== undefined) return choice
  throw new BadInput(`--${name} wants ${choices.join(' or ')}, not “${text}”.`)
}

/** What says how to read a past has no sense where none is read. */
function refuseUnused({ values }: OptionValues): void {
  if (values['holdings-only'] !== true) return
  for (const name of ['way', 'lots', 'thorough', 'grid', 'window'])
    if (values[name] !== undefined)
      throw new BadInput(`--${name} is about more than --holdings-only asks for. Give one of the two.`)
}

/**
 * Read what is asked about a wallet.
 * @param words addresses or names, in one word or several
 * @throws BadInput, InvalidWallet
 */
export function parseWalletQuestion(options: OptionValues, words: readonly string[]): WalletQuestion {
  if (words.length === 0)
    throw new BadInput('Say which wallet: wallet 0x… with 40 digits, or a name such as name.eth.')
  refuseUnused(options)
  const { values } = options
  return {
    kind: 'wallet',
    entries: parseWallet(words.join(' ')),
    way: chosen(options, 'way', ['auto', 'logs', 'grid']),
    method: chosen(options, 'lots', ['fifo', 'average']),
    isHoldingsOnly: values['holdings-only'] === true,
    window: parseDuration('window', textOf(options, 'window') ?? '30d'),
    isThorough: values['thorough'] === true,
    mayAsk: (textOf(options, 'ask-host') ?? '').split(/[\s,]+/).filter(host => host !== ''),
  }
}
