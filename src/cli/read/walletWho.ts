import type { Address } from 'viem'
import type { ChainClient } from '../../chain/client.ts'
import { ChainError } from '../../chain/errors.ts'
import { NameOffChain } from '../../chain/nameErrors.ts'
import { readCode } from '../../chain/readCode.ts'
import { readName } from '../../chain/readName.ts'
import type { Entry } from '../../pools/account.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { remarkOn } from '../../queries/remarks.ts'
import { BadInput } from '../common/errors.ts'
import type { WalletQuestion } from './walletQuestion.ts'

/** One account that was asked for, and by which name. */
export type WhoReport = {
  readonly address: Address
  readonly name: string | null
  /** The block at whose end the name led to it. */
  readonly nameBlock: string | null
  /** Servers outside the chain that were told of the name. */
  readonly nameHosts: readonly string[]
  /** What is to be known of such an account. */
  readonly note: string | null
}

type Asking = Pick<WalletQuestion, 'mayAsk'> & { readonly signal: AbortSignal }

async function resolve(client: ChainClient, entry: Entry, { mayAsk, signal }: Asking): Promise<WhoReport> {
  if ('address' in entry)
    return { address: entry.address, name: null, nameBlock: null, nameHosts: [], note: null }
  try {
    const { address, name, block, hosts } = await readName(client, entry.name, { signal, mayAsk })
    return { address, name, nameBlock: block.toString(), nameHosts: hosts, note: null }
  } catch (error) {
    if (!(error instanceof NameOffChain)) throw error
    throw new BadInput(
      `${error.message} Nobody was asked: these servers would be told of the name. Give --ask-host ${[...mayAsk, ...error.hosts].join(',')} to let them, or the address itself.`,
      { cause: error },
    )
  }
}

/**
 * Find the accounts that were asked for; two words for the same account are one.
 * @throws NameProblem, GatewayFailed, BadInput where a server outside the chain would have to be asked; the classes of
 * `chain/errors.ts`
 */
export async function readWho(
  client: ChainClient,
  entries: readonly Entry[],
  asking: Asking,
): Promise<readonly WhoReport[]> {
  const found: WhoReport[] = []
  for (const entry of entries) {
    const who = await resolve(client, entry, asking)
    const same = found.findIndex(({ address }) => address === who.address)
    if (same < 0) found.push(who)
    else if (found[same]?.name === null) found[same] = who
  }
  return found
}

/** Say what is to be known of each account: that it is a contract, a token itself, or nobody's. */
export const describeAccounts = (
  client: ChainClient,
  who: readonly WhoReport[],
  { pools, signal }: { readonly pools: readonly TokenPool[]; readonly signal: AbortSignal },
): Promise<WhoReport[]> =>
  Promise.all(
    who.map(async (one): Promise<WhoReport> => {
      try {
        const kind = await readCode(client, one.address, signal)
        return { ...one, note: remarkOn(one.address, pools, kind) ?? null }
      } catch (error) {
        if (!(error instanceof ChainError)) throw error
        return { ...one, note: `Whether this address is a contract is not known: ${error.message}` }
      }
    }),
  )
