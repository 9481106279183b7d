import type { Hex } from 'viem'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { isBytes } from '../pools/words.ts'
import { requireQuantity, toQuantity } from './answers.ts'
import type { Whom } from './blockReading.ts'
import type { ChainClient } from './client.ts'
import { headAge } from './client.ts'
import { UnexpectedReply } from './errors.ts'

export type Header = {
  readonly block: BlockNumber
  readonly time: Seconds
  readonly hash: Hex
  readonly operator: string
  /** The endpoint of that operator which answered. */
  readonly url: string
}

export type HeaderTag = 'latest' | 'finalized' | BlockNumber

/** 0x and 32 bytes. */
const HASH_LENGTH = 66

type Told = Omit<Header, 'url'>

function headerOf(result: unknown, operator: string): Told {
  const { number, timestamp, hash } = (result ?? {}) as Record<string, unknown>
  if (isBytes(hash) && hash.length === HASH_LENGTH)
    return {
      block: requireQuantity(number, operator),
      time: requireQuantity(timestamp, operator),
      hash,
      operator,
    }
  throw new UnexpectedReply('has no such block; check that the endpoint is in step with the chain', {
    operator,
    body: JSON.stringify(result) ?? '',
  })
}

/**
 * Read a block's number, time and hash (eth_getBlockByNumber).
 * @throws a ChainError class; UnexpectedReply where the endpoint does not know the block
 */
export async function readHeader(
  client: ChainClient,
  tag: HeaderTag,
  { role = 'head', signal, ...whom }: Partial<Whom> = {},
): Promise<Header> {
  const params = [typeof tag === 'bigint' ? toQuantity(tag) : tag, false]
  const { value, url } = await client.ask({
    ...whom,
    method: 'eth_getBlockByNumber',
    params,
    role,
    signal,
    block: typeof tag === 'bigint' ? tag : undefined,
    ageOf: tag === 'latest' ? (header: Told) => headAge(header.time) : undefined,
    read: (result, operator): Told => {
      const header = headerOf(result, operator)
      if (typeof tag === 'bigint' && header.block !== tag)
        throw new UnexpectedReply(
          `answered block ${header.block} when asked for ${tag}; ask another endpoint`,
          { operator },
        )
      return header
    },
  })
  if (tag === 'latest') client.follow(value.block)
  return { ...value, url }
}
