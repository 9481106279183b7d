import type { EventLog } from '../math/eventLog.ts'
import { decodeWords, isBytes } from './words.ts'

// The part of the ABI that events with elementary arguments need, as `words.ts` is for calls.

/** A pool definition holds what is no Solidity event with arguments of one unsigned word each. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent'
  constructor(signature: string) {
    super(`“${signature}” is not like “Name(uint256 indexed name, address name)”.`)
  }
}

/** A log is not what its event's signature says. */
export class MalformedLog extends Error {
  override readonly name = 'MalformedLog'
}

type Parameter = {
  readonly name: string
  readonly type: string
  /** Values of the type are below this. */
  readonly limit: bigint
}

/** The arguments of an event, each sort in its order. */
export type EventShape = { readonly indexed: readonly Parameter[]; readonly plain: readonly Parameter[] }

export type EventArguments = Readonly<Record<string, bigint>>

const EVENT = /^\w+\((?<parameters>[^()]*)\)$/
const PARAMETER = /^(?<type>uint(?<bits>\d{1,3})|address|bool|bytes32)(?<indexed> indexed)? (?<name>\w+)$/

/** 0x and the digits of a word. */
const TOPIC_LENGTH = 66

/** Bits that a value of the type may use; undefined where there is no such type. */
function bitsOf(type: string, bits: string | undefined): bigint | undefined {
  if (bits !== undefined) {
    const width = BigInt(bits)
    return width > 0n && width <= 256n && width % 8n === 0n ? width : undefined
  }
  return { address: 160n, bool: 1n, bytes32: 256n }[type]
}

/**
 * Read the signature of an event whose arguments are unsigned words: uint of any width, address, bool, bytes32.
 * @param signature such as `RatioUpdate(uint256 newRatio)`
 * @throws MalformedEvent
 */
export function parseEvent(signature: string): EventShape {
  const { parameters } = EVENT.exec(signature)?.groups ?? {}
  if (parameters === undefined) throw new MalformedEvent(signature)
  const indexed: Parameter[] = []
  const plain: Parameter[] = []
  for (const parameter of parameters.split(',').map(text => text.trim())) {
    const groups = PARAMETER.exec(parameter)?.groups ?? {}
    const { type, name } = groups
    if (type === undefined || name === undefined) throw new MalformedEvent(signature)
    const bits = bitsOf(type, groups['bits'])
    if (bits === undefined) throw new MalformedEvent(signature)
    const list = groups['indexed'] === undefined ? plain : indexed
    list.push({ name, type, limit: 2n ** bits })
  }
  return { indexed, plain }
}

/**
 * Decode a log's arguments by name: indexed ones from the topics behind the first, the others from the data.
 * @throws MalformedLog for any other number of topics or words, and for a value that its type does not hold
 */
export function decodeEvent(
  { indexed, plain }: EventShape,
  { topics, data }: Pick<EventLog, 'topics' | 'data'>,
): EventArguments {
  if (topics.length !== indexed.length + 1)
    throw new MalformedLog(`It has ${topics.length} topics; its event has ${indexed.length + 1}.`)
  const strange = topics.find(topic => !isBytes(topic) || topic.length !== TOPIC_LENGTH)
  if (strange !== undefined) throw new MalformedLog(`A topic of it is no word: ${strange}.`)
  const length = 2 + (TOPIC_LENGTH - 2) * plain.length
  if (!isBytes(data) || data.length !== length)
    throw new MalformedLog(`Its data are not the ${plain.length} words of its event.`)
  const words = [...topics.slice(1).map(topic => BigInt(topic)), ...decodeWords(data, plain.length)]
  const parameters = [...indexed, ...plain]
  return Object.fromEntries(
    parameters.map(({ name, type, limit }, place) => {
      const word = words[place] ?? limit
      if (word >= limit) throw new MalformedLog(`Its ${name} is no ${type}: ${word}.`)
      return [name, word]
    }),
  )
}
