import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import {
  MULTICALL3,
  MULTICALL3_FIRST_BLOCK,
  readBlockNumber,
  readBlockTime,
  readChainId,
} from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import { decodeWord } from '../pools/words.ts'
import { requireHex, toQuantity } from './answers.ts'
import type { BlockReading, CallOptions } from './blockReading.ts'
import { refuseOtherChain } from './chainCheck.ts'
import { type ChainClient, headAge, isMainnetOnly } from './client.ts'
import { CallReverted, UnexpectedReply } from './errors.ts'
import { decodeAggregate, encodeAggregate, type InnerResult } from './multicall.ts'

/** Asked with every call: the block's own number and time, and the chain's id. */
export const frameReads = [readBlockNumber, readBlockTime, readChainId]

function frameWord(results: readonly InnerResult[], index: number, operator: string): bigint {
  const result = results[index]
  if (result?.success === true && result.returnData.length === 66) return decodeWord(result.returnData)
  throw new UnexpectedReply('gave no block number, time or chain id; ask another endpoint', { operator })
}

function checkBlock(asked: CallOptions['block'], answered: BlockNumber, operator: string): void {
  if (asked === 'latest' || asked === answered) return
  throw new UnexpectedReply(`answered for block ${answered} when asked for ${asked}; ask another endpoint`, {
    operator,
  })
}

type Together = Omit<BlockReading, 'url'> | undefined

const ageOf = (reading: Together): Seconds => (reading === undefined ? 0n : headAge(reading.time))

/** One eth_call for everything. Undefined where Multicall3 does not exist, which a local chain may lack. */
async function readTogether(
  client: ChainClient,
  reads: readonly Read[],
  { block, hash, ...whom }: CallOptions,
): Promise<BlockReading | undefined> {
  const data = encodeAggregate([...frameReads, ...reads])
  const mayLack = !isMainnetOnly(client)
  const isNewest = block === 'latest'
  const at =
    hash !== undefined ? { blockHash: hash, requireCanonical: true } : isNewest ? block : toQuantity(block)
  const { value, url } = await client.ask({
    ...whom,
    signal: whom.signal,
    method: 'eth_call',
    params: [{ to: MULTICALL3, data }, at],
    block: isNewest ? undefined : block,
    isByHash: hash !== undefined,
    ageOf: isNewest ? ageOf : undefined,
    shows: isNewest ? ['chain', 'head'] : whom.role === 'archive' ? ['chain', 'archive'] : ['chain'],
    read: (result, operator): Together => {
      const results = decodeAggregate(
        requireHex(result, operator),
        frameReads.length + reads.length,
        operator,
      )
      if (results === undefined) {
        if (mayLack) return undefined
        throw new UnexpectedReply('does not know Multicall3 where it exists; ask another endpoint', {
          operator,
        })
      }
      const [answered, time, chainId] = [0, 1, 2].map(index => frameWord(results, index, operator)) as [
        bigint,
        bigint,
        bigint,
      ]
      refuseOtherChain(client, chainId, operator)
      checkBlock(block, answered, operator)
      const outcomes = reads.map((read, index) => ({
        read,
        success: results[frameReads.length + index]?.success ?? false,
        returnData: results[frameReads.length + index]?.returnData ?? '0x',
      }))
      return { block: answered, time, chainId, operator, outcomes }
    },
  })
  if (value === undefined) return undefined
  // The newest block: the age of others is counted from it.
  if (isNewest) client.follow(value.block)
  return { ...value, url }
}

/**
 * Read any number of view functions at one block: in one eth_call of Multicall3's aggregate3 together with the
 * block's number, time and chain id, or one by one, without the dispensable, where Multicall3 does not exist yet.
 * @throws WrongChain, UnexpectedReply (another block answered, half an answer), or the endpoints' own refusals
 */
export async function readCalls(
  client: ChainClient,
  reads: readonly Read[],
  options: CallOptions,
): Promise<BlockReading> {
  const { dispensable = [], ...asked } = options
  const { block } = asked
  // The way around is for old blocks and broken contracts: the first figures do not wait for it.
  const apart = async (): Promise<BlockReading> =>
    (await import('./readApart.ts')).readApart(
      client,
      reads.filter(read => !dispensable.includes(read)),
      asked,
    )
  if (isMainnetOnly(client) && block !== 'latest' && block < MULTICALL3_FIRST_BLOCK) return apart()
  try {
    return (await readTogether(client, reads, asked)) ?? (await apart())
  } catch (error) {
    // A contract that burns all gas takes the whole call with it: alone, it spoils only its own figure.
    if (error instanceof CallReverted) return apart()
    throw error
  }
}
