import type { BlockNumber } from '../math/fixedPoint.ts'
import { readBlockNumber } from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import { decodeWord } from '../pools/words.ts'
import { requireHex, requireQuantity, toQuantity } from './answers.ts'
import type { BlockReading, CallOptions, Outcome } from './blockReading.ts'
import { refuseOtherChain } from './chainCheck.ts'
import type { ChainClient } from './client.ts'
import { CallReverted, UnexpectedReply } from './errors.ts'
import { type Header, readHeader } from './readHeader.ts'

type Single = Outcome & { readonly operator: string | undefined }

async function readOne(
  client: ChainClient,
  read: Read,
  block: BlockNumber,
  options: CallOptions,
): Promise<Single> {
  try {
    const { value, operator } = await client.ask({
      method: 'eth_call',
      params: [{ to: read.address, data: read.callData }, toQuantity(block)],
      role: options.role,
      signal: options.signal,
      read: requireHex,
    })
    return { read, success: true, returnData: value, operator }
  } catch (error) {
    if (error instanceof CallReverted)
      return { read, success: false, returnData: '0x', operator: error.operator }
    throw error
  }
}

const chainIds = new WeakMap<ChainClient, Promise<bigint>>()

/** Read the chain id (eth_chainId), once for a client: single calls cannot carry it as Multicall3 does. */
function readChain(client: ChainClient): Promise<bigint> {
  const asked = chainIds.get(client)
  if (asked !== undefined) return asked
  const answer = client
    .ask({
      method: 'eth_chainId',
      params: [],
      role: 'head',
      signal: undefined,
      read: (result, operator) => {
        const chainId = requireQuantity(result, operator)
        refuseOtherChain(client, chainId, operator)
        return chainId
      },
    })
    .then(({ value }) => value)
  chainIds.set(client, answer)
  answer.catch(() => chainIds.delete(client))
  return answer
}

/**
 * Refuse single calls that may not all speak of one block. Multicall3 is asked for its block number beside them: it
 * answers nothing before it existed and that block afterwards, but an endpoint that ignores the block gives its head.
 */
function checkTogether(witness: Single, singles: readonly Single[], { block, operator }: Header): void {
  const isSilent = witness.success && witness.returnData === '0x'
  const answered = !isSilent && witness.returnData.length === 66 ? decodeWord(witness.returnData) : undefined
  if (!isSilent && answered !== block)
    throw new UnexpectedReply(`did not answer for block ${block}; ask another endpoint`, { operator })
  if ([witness, ...singles].some(single => single.operator !== undefined && single.operator !== operator))
    throw new UnexpectedReply(
      `and others answered for block ${block} in turn, which proves nothing; read it again`,
      {
        operator,
      },
    )
}

/**
 * Read with a request for each call: the way before Multicall3 existed. The header gives the time and is no eth_call.
 * @throws WrongChain; UnexpectedReply where the answers are not surely of one block and one operator
 */
export async function readApart(
  client: ChainClient,
  reads: readonly Read[],
  options: CallOptions,
): Promise<BlockReading> {
  const { role, signal } = options
  const header = await readHeader(client, options.block, { role, signal })
  const chainId = await readChain(client)
  const one = (read: Read): Promise<Single> => readOne(client, read, header.block, options)
  const [witness, singles] = await Promise.all([one(readBlockNumber), Promise.all(reads.map(one))])
  checkTogether(witness, singles, header)
  const outcomes = singles.map(({ read, success, returnData }) => ({ read, success, returnData }))
  return { block: header.block, time: header.time, chainId, operator: header.operator, outcomes }
}
