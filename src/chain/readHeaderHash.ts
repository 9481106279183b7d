import type { Hex } from 'viem'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { requireHex, requireQuantity, toQuantity } from './answers.ts'
import type { Whom } from './blockReading.ts'
import type { ChainClient } from './client.ts'
import { UnexpectedReply } from './errors.ts'
import { type HeaderAnswer, HeaderInvalid, requireHash } from './headerHash.ts'
import type { HeaderTag } from './readHeader.ts'

/** A block's header whose fields have the hash that is said of them. */
export type HashedHeader = {
  readonly block: BlockNumber
  readonly time: Seconds
  /** Recomputed. That it is the chain's is for others to say: compare it with another operator's. */
  readonly hash: Hex
  readonly parentHash: Hex
  readonly stateRoot: Hex
  readonly operator: string
  /** The endpoint of that operator which answered. */
  readonly url: string
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function requireBlock(result: unknown, tag: HeaderTag, operator: string): HeaderAnswer {
  if (!isRecord(result))
    throw new UnexpectedReply('has no such block; check that the endpoint is in step with the chain', {
      operator,
      body: JSON.stringify(result) ?? '',
    })
  const block = requireQuantity(result['number'], operator)
  if (typeof tag !== 'bigint' || block === tag) return result
  throw new UnexpectedReply(`answered block ${block} when asked for ${tag}; ask another endpoint`, {
    operator,
  })
}

/** Say who sent a header that does not hold. */
function hashOf(header: HeaderAnswer, operator: string): Hex {
  try {
    return requireHash(header)
  } catch (cause) {
    if (!(cause instanceof HeaderInvalid)) throw cause
    throw new HeaderInvalid(`${operator} sent a header that does not hold. ${cause.message}`, { cause })
  }
}

/**
 * Read a block's header (eth_getBlockByNumber) and recompute its hash. A header that does not hold ends the search, as
 * it should be seen: whoever follows the chain cannot have sent it.
 * @throws HeaderInvalid; a ChainError class; UnexpectedReply where the endpoint does not know the block
 */
export async function readHeaderHash(
  client: ChainClient,
  tag: HeaderTag,
  { role = 'head', signal, ...whom }: Partial<Whom> = {},
): Promise<HashedHeader> {
  const { value, operator, url } = await client.ask({
    ...whom,
    method: 'eth_getBlockByNumber',
    params: [typeof tag === 'bigint' ? toQuantity(tag) : tag, false],
    role,
    signal,
    block: typeof tag === 'bigint' ? tag : undefined,
    read: (result, from) => requireBlock(result, tag, from),
  })
  return {
    hash: hashOf(value, operator),
    block: requireQuantity(value['number'], operator),
    time: requireQuantity(value['timestamp'], operator),
    parentHash: requireHex(value['parentHash'], operator),
    stateRoot: requireHex(value['stateRoot'], operator),
    operator,
    url,
  }
}
