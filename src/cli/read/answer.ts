import { type ChainClient, createClient, LOCAL_ID, MAINNET, MAINNET_ID } from '../../chain/client.ts'
import { ChainError } from '../../chain/errors.ts'
import { type Agreement, readAgreement } from '../../chain/readAgreement.ts'
import { readHeader } from '../../chain/readHeader.ts'
import { type Live, readLive } from '../../chain/readLive.ts'
import type { BlockNumber } from '../../math/fixedPoint.ts'
import type { Sample } from '../../math/sample.ts'
import { isTokenPool } from '../../pools/definePool.ts'
import { settle } from '../../queries/settledLive.ts'
import { BadInput } from '../common/errors.ts'
import { complain, whileWaiting } from '../common/output.ts'
import type { CommandContext } from '../common/runCommand.ts'
import { fixed } from './figures.ts'
import { gatherReports, gatherSamples, type PastRequest } from './gatherPast.ts'
import { historyReport } from './history.ts'
import { historyCsv, historyDoubts, historyText } from './historyOutput.ts'
import type { OutputForm, Question, ReadOptions } from './options.ts'
import { ratesReport } from './rates.ts'
import { ratesCsv, ratesText } from './ratesOutput.ts'
import { answerWallet, walletUrlOf } from './walletAnswer.ts'
import type { Yields } from './walletOutlook.ts'

/** What a question is answered with. */
export type Answer = {
  /** As it is printed, line ends included. */
  readonly text: string
  /** Whether anything that was asked for could be read. */
  readonly isAnything: boolean
  /** What kept the rest from being read; to be told once the text is printed. */
  readonly failure?: unknown
}

type QuestionOf<Kind extends Question['kind']> = Extract<Question, { readonly kind: Kind }>

/** Create the client for a command line: an own node may be a local chain. */
const clientFor = ({ endpoints, isOwn, grid }: ReadOptions, walletUrl?: string): ChainClient =>
  createClient(endpoints, isOwn ? { chainIds: [MAINNET_ID, LOCAL_ID], grid } : { ...MAINNET, grid }, {
    walletUrl,
  })

type Forms = { readonly report: unknown; readonly csv: () => string; readonly text: () => string }

const inForm = (form: OutputForm, { report, csv, text }: Forms): string =>
  form === 'json' ? `${JSON.stringify(report, null, 2)}\n` : form === 'csv' ? csv() : `${text()}\n`

/** A block that is not there yet is a mistake of who asks, not of the endpoint. */
async function refuseFutureBlock(client: ChainClient, block: BlockNumber, signal: AbortSignal) {
  const head = await readHeader(client, 'latest', { signal })
  if (block > head.block)
    throw new BadInput(
      `--block ${block} does not exist yet: the newest is ${head.block}. Give that or a lower one.`,
    )
}

async function liveAt(
  client: ChainClient,
  { pools }: ReadOptions,
  block: BlockNumber | undefined,
  signal: AbortSignal,
): Promise<Live> {
  const wanted = pools.filter(isTokenPool)
  if (block === undefined) return readLive(client, wanted, { role: 'head', signal })
  try {
    return await readLive(client, wanted, { block, role: 'archive', signal })
  } catch (error) {
    if (error instanceof ChainError) await refuseFutureBlock(client, block, signal)
    throw error
  }
}

type Settled = { readonly live: Live; readonly agreement: Agreement | undefined }

/** The newest figures as far as operators agree on them; read again where others refute them. */
async function settledHead(client: ChainClient, options: ReadOptions, signal: AbortSignal): Promise<Settled> {
  const pools = options.pools.filter(isTokenPool)
  const live = await liveAt(client, options, undefined, signal)
  if (new Set(client.endpoints.map(({ operator }) => operator)).size < 2)
    return { live, agreement: undefined }
  const agreement = await readAgreement(client, pools, live, signal)
  if (agreement.verdict.kind !== 'refuted') return { live: settle(live, agreement), agreement }
  complain(
    `${agreement.verdict.operators.join(' and ')} contradict ${live.operator}: read again from others.`,
  )
  return settledHead(client, options, signal)
}

const isAnythingKnown = ({ pools }: Live): boolean =>
  pools.length === 0 || pools.some(({ reading }) => reading.state !== 'unknown')

async function answerRates(
  options: ReadOptions,
  { block }: QuestionOf<'rates'>,
  signal: AbortSignal,
): Promise<Answer> {
  const client = clientFor(options)
  const { live, agreement } =
    block === undefined
      ? await settledHead(client, options, signal)
      : { live: await liveAt(client, options, block, signal), agreement: undefined }
  const report = ratesReport(options.pools, live, agreement)
  return {
    text: inForm(options.form, {
      report,
      csv: () => ratesCsv(report),
      text: () => ratesText(report, live),
    }),
    isAnything: isAnythingKnown(live),
  }
}

async function answerHistory(
  options: ReadOptions,
  { range, window, isReported }: QuestionOf<'history'>,
  context: Pick<CommandContext, 'signal' | 'atEnd'>,
): Promise<Answer> {
  const { pools, grid, form } = options
  const client = clientFor(options)
  const { live: head } = await settledHead(client, options, context.signal)
  const past = { pools: pools.filter(isTokenPool), head, range, window }
  const hasTokens = past.pools.length > 0
  const samples = hasTokens ? await gatherSamples(client, past, context) : []
  if (hasTokens && samples.length === 1)
    complain(
      `The chain has ${fixed(head.block, 0, 0)} blocks, so a spacing of ${grid} leaves the head alone. Give a smaller --grid, 2 for the embedded chain.`,
    )
  const reports = isReported ? await gatherReports(client, past, samples, context) : undefined
  const report = historyReport({ pools, samples, reports, head, grid, range, window })
  // A table of points has no place for what is in doubt.
  if (form === 'csv') for (const doubt of historyDoubts(report)) complain(doubt)
  const isKnown = (sample: Sample): boolean =>
    Object.values(sample.readings).some(({ state }) => state !== 'unknown')
  return {
    text: inForm(form, { report, csv: () => historyCsv(report), text: () => historyText(report) }),
    isAnything: !hasTokens || samples.some(isKnown),
  }
}

/** The newest yields of pools over a window, from samples; no wallet is named in them. */
async function yieldsAt(
  client: ChainClient,
  request: PastRequest,
  context: Pick<CommandContext, 'signal' | 'atEnd'>,
): Promise<Yields> {
  try {
    const samples = await gatherSamples(client, request, context)
    return historyReport({ ...request, samples, grid: client.network.grid }).pools
  } catch (error) {
    if (error instanceof ChainError) return { why: error.message }
    throw error
  }
}

/**
 * Answer a question from the chain.
 * @throws BadInput for a block of the future; the classes of `chain/errors.ts`
 */
export function answer(
  options: ReadOptions,
  context: Pick<CommandContext, 'signal' | 'atEnd'>,
): Promise<Answer> {
  const { question, endpoints, form } = options
  if (question.kind === 'history') return answerHistory(options, question, context)
  if (question.kind === 'wallet') {
    const client = clientFor(options, walletUrlOf(endpoints, question))
    const live = async () => (await settledHead(client, options, context.signal)).live
    const pools = options.pools.filter(isTokenPool)
    const yields = (head: Live) =>
      yieldsAt(client, { pools, head, range: 0n, window: question.window }, context)
    return answerWallet({ question, client, pools, form, live, yields }, context)
  }
  const names = endpoints.map(({ operator }) => operator).join(', ')
  return whileWaiting(`Waiting for ${names} …`, answerRates(options, question, context.signal))
}
