import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type BlockNumber, DAY, type Seconds, YEAR } from '../../math/fixedPoint.ts'
import type { Pool } from '../../pools/definePool.ts'
import { pools as allPools } from '../../pools/index.ts'
import { BadInput } from './errors.ts'

export type OptionValues = {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
}

/**
 * Split a command line into options and words.
 * @throws BadInput for an option that does not exist, or lacks its value
 */
export function splitOptions(
  args: readonly string[],
  options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>,
): OptionValues {
  const config = { args: [...args], options, strict: true, allowPositionals: true } satisfies ParseArgsConfig
  try {
    const { values, positionals } = parseArgs(config)
    return { values: values as OptionValues['values'], positionals }
  } catch (error) {
    const isAboutOptions =
      error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (!isAboutOptions) throw error
    const [sentence = ''] = error.message.split(/\.\s|\n/)
    throw new BadInput(`${sentence.replace(/\.$/, '')}. See --help for what there is.`)
  }
}

/** Take the text of an option that has a value; a boolean option has none. */
export function textOf({ values }: OptionValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/**
 * Read a whole number without sign.
 * @throws BadInput for anything else, or a number beyond the two limits
 */
export function parseWhole(
  name: string,
  text: string,
  { lowest, highest }: { readonly lowest: bigint; readonly highest: bigint },
): bigint {
  const isWhole = /^\d{1,18}$/.test(text)
  const value = isWhole ? BigInt(text) : -1n
  if (isWhole && value >= lowest && value <= highest) return value
  throw new BadInput(`--${name} wants a whole number from ${lowest} to ${highest}, not “${text}”.`)
}

const HIGHEST_BLOCK: BlockNumber = 10n ** 12n - 1n

/** Read a block number. @throws BadInput */
export const parseBlock = (name: string, text: string): BlockNumber =>
  parseWhole(name, text, { lowest: 0n, highest: HIGHEST_BLOCK })

/** Read a spacing in blocks. @throws BadInput */
export const parseGrid = (text: string): bigint =>
  parseWhole('grid', text, { lowest: 1n, highest: HIGHEST_BLOCK })

/** Read a TCP port; 0 stands for any free one. @throws BadInput */
export const parsePort = (text: string): number =>
  Number(parseWhole('port', text, { lowest: 0n, highest: 65_535n }))

const UNITS: Readonly<Record<string, Seconds>> = { d: DAY, w: 7n * DAY, y: YEAR }

/**
 * Read a length of time: 30d, 4w or 1y; a year is 365 days.
 * @throws BadInput for anything else, or nothing at all
 */
export function parseDuration(name: string, text: string): Seconds {
  const [, count = '', letter = ''] = /^(\d{1,5})([dwy])$/.exec(text) ?? []
  const unit = UNITS[letter]
  if (unit !== undefined && BigInt(count) > 0n) return BigInt(count) * unit
  throw new BadInput(`--${name} wants a length of time like 30d, 4w or 1y, not “${text}”.`)
}

const namesOf = (pool: Pool): string[] => [pool.id, ...(pool.kind === 'token' ? [pool.token.symbol] : [])]

/**
 * Find pools by id or token symbol, whatever the case; repeated ones count once.
 * @throws BadInput for a pool that is not known
 */
export function parsePools(text: string): readonly Pool[] {
  const found = text.split(',').map(part => {
    const wanted = part.trim().toLowerCase()
    const pool = allPools.find(one => namesOf(one).some(name => name.toLowerCase() === wanted))
    if (pool !== undefined) return pool
    const known = allPools.map(one => namesOf(one).join(' or ')).join(', ')
    throw new BadInput(`--pools: there is no pool “${part.trim()}”. There are: ${known}.`)
  })
  return [...new Set(found)]
}
