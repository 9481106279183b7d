import { formatExact } from '../../format/number.ts'
import type { Read } from '../../pools/read.ts'
import { decodeWords, encodeWord, isBytes } from '../../pools/words.ts'

/** A parameter of a function: its type, and its name where the signature gives one. */
type Parameter = { readonly type: string; readonly name: string | undefined }

const parametersOf = (list: string): Parameter[] =>
  list
    .split(',')
    .map(parameter => parameter.trim().split(' '))
    .flatMap(([type = '', name]) => (type === '' ? [] : [{ type, name }]))

/** From here on a number is an amount of 18 decimals rather than a count. */
const LARGE = 10n ** 15n

function numberInWords(value: bigint): string {
  const size = value < 0n ? -value : value
  return size < LARGE ? formatExact(value, 0) : `${formatExact(value, 0)} = ${formatExact(value)} × 10¹⁸`
}

/** Write a word of an answer as its type says. */
function wordInWords(word: bigint, type: string): string {
  if (type.startsWith('uint')) return numberInWords(word)
  if (type.startsWith('int')) return numberInWords(BigInt.asIntN(256, word))
  if (type === 'address') return `0x${encodeWord(word).slice(24)}`
  return type === 'bool' ? String(word !== 0n) : `0x${encodeWord(word)}`
}

/** Say what bytes mean as the answer of a function; a name stands before each value that has one. */
export function answerInWords({ signature, words }: Read, returnData: string): string {
  if (returnData === '0x') return 'nothing'
  if (!isBytes(returnData) || returnData.length !== 2 + 64 * words)
    return 'bytes that are no answer of this function'
  const outputs = parametersOf(/returns \((.*)\)$/.exec(signature)?.[1] ?? '')
  const values = decodeWords(returnData, words)
  return outputs
    .map(({ type, name }, index) => {
      const text = wordInWords(values[index] ?? 0n, type)
      return name === undefined ? text : `${name} ${text}`
    })
    .join(', ')
}

/** Name a function's arguments, by their types where the signature has no names. */
export function argumentsOf({ signature, args }: Read): { readonly name: string; readonly value: string }[] {
  const inputs = parametersOf(/\(([^()]*)\)/.exec(signature)?.[1] ?? '')
  return args.map((arg, index) => ({
    name: inputs[index]?.name ?? inputs[index]?.type ?? '',
    value: typeof arg === 'bigint' ? formatExact(arg, 0) : arg,
  }))
}
