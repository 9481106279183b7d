import {
  type Abi,
  ContractFunctionExecutionError,
  createPublicClient,
  http,
  type PublicClient,
  parseAbi,
} from 'viem'
import { liveReads } from '../../chain/readLive.ts'
import { storedReads } from '../../pools/definePool.ts'
import { tokenPools } from '../../pools/index.ts'
import type { Read } from '../../pools/read.ts'

/** Blocks read at a time, as our own reader does. */
const WORKERS = 8

const FIGURES: readonly Read[] = tokenPools.flatMap(storedReads)

async function readFigure(
  client: PublicClient,
  { signature, address, args }: Read,
  blockNumber: bigint | undefined,
): Promise<unknown> {
  const abi: Abi = parseAbi([`function ${signature}`] as readonly string[])
  const functionName = signature.replace(/\(.*/, '')
  const at = blockNumber === undefined ? {} : { blockNumber }
  try {
    return await client.readContract({ abi, address, functionName, args, ...at })
  } catch (error) {
    // Where a contract does not exist yet there is nothing to read; the request was made all the same.
    if (error instanceof ContractFunctionExecutionError) return undefined
    throw error
  }
}

const plainClient = (url: string): PublicClient =>
  createPublicClient({ transport: http(url, { retryCount: 0, timeout: 120_000 }) })

/** Read what the first screen needs in the way of most examples: a request for each figure, and one for the block. */
export async function readLivePlainly(url: string): Promise<void> {
  const client = plainClient(url)
  const reads = liveReads(tokenPools).map(read => readFigure(client, read, undefined))
  await Promise.all([client.getBlock(), ...reads])
}

/** Read the pools' figures at old blocks: for each block a request for each figure, and one for the block's time. */
export async function readHistoryPlainly(url: string, blocks: readonly bigint[]): Promise<void> {
  const client = plainClient(url)
  const queue = [...blocks]
  const work = async (): Promise<void> => {
    for (let block = queue.pop(); block !== undefined; block = queue.pop()) {
      const blockNumber = block
      await Promise.all([
        client.getBlock({ blockNumber }),
        ...FIGURES.map(read => readFigure(client, read, blockNumber)),
      ])
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
}
