import type { ChainClient } from '../../chain/client.ts'
import type { Endpoint } from '../../chain/endpoints.ts'
import { ChainError } from '../../chain/errors.ts'
import type { Live } from '../../chain/readLive.ts'
import { readWallet, type WalletReading } from '../../chain/readWallet.ts'
import type { WalletFileInput } from '../../format/walletEvents.ts'
import { walletFile } from '../../format/walletFile.ts'
import { walletCsv as pastCsv } from '../../format/walletFiles.ts'
import { WALLET_NOTES } from '../../format/walletNotes.ts'
import type { WalletPast } from '../../math/walletPast.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { walletAssets } from '../../pools/walletAssets.ts'
import { settleWallet } from '../../queries/settledWallet.ts'
import { TransfersNotSearched } from '../common/errors.ts'
import { complain, printWhole, whileWaiting } from '../common/output.ts'
import type { CommandContext } from '../common/runCommand.ts'
import { fixed } from './figures.ts'
import type { OutputForm } from './options.ts'
import { HOLDS_NONE, type WalletReport, walletCsv, walletReport, walletText } from './wallet.ts'
import { type ExitReport, exitReports, exitText } from './walletExit.ts'
import { type OutlookReport, outlookReport, outlookText, type Yields } from './walletOutlook.ts'
import { gatherWalletPast, type PastReport, tellStopped } from './walletPast.ts'
import { pastText, wayLines } from './walletPastOutput.ts'
import type { WalletQuestion } from './walletQuestion.ts'
import { type ReplayReport, replayReport, replayText } from './walletReplay.ts'
import { describeAccounts, readWho, type WhoReport } from './walletWho.ts'

/** What is asked, of whom, and how it is to be told. */
type WalletRequest = {
  readonly question: WalletQuestion
  readonly client: ChainClient
  readonly pools: readonly TokenPool[]
  readonly form: OutputForm
  /** The newest figures of the pools, which tell the ways out; no wallet is named in them. */
  readonly live: () => Promise<Live>
  readonly yields: (head: Live) => Promise<Yields>
}

type Context = Pick<CommandContext, 'signal' | 'atEnd'>

type WalletAnswer = {
  readonly text: string
  readonly isAnything: boolean
  /** What kept the rest from being read; thrown once the text is printed. */
  readonly failure?: unknown
}

/** The one endpoint that is shown the wallet: for the past it has to keep old state, and logs are of use. */
export function walletUrlOf(
  endpoints: readonly Endpoint[],
  { isHoldingsOnly }: Pick<WalletQuestion, 'isHoldingsOnly'>,
): string | undefined {
  const able = endpoints.filter(({ roles }) => roles.includes('wallet'))
  const lookers = able.filter(({ roles }) => roles.includes('archive'))
  const best = lookers.find(({ roles }) => roles.includes('logs')) ?? lookers[0]
  return (isHoldingsOnly ? able[0] : (best ?? able[0]))?.url
}

/** What rests on the pools' own figures; null beside why. */
type Figures = {
  readonly outlook: OutlookReport | null
  readonly exit: readonly ExitReport[] | null
  readonly figuresWhy: string | null
}

/** All that is known before the past is read. */
type Present = Figures & {
  readonly reading: WalletReading
  readonly report: WalletReport
}

async function readPresent(
  { client, pools, question, live, yields }: WalletRequest,
  who: readonly WhoReport[],
  signal: AbortSignal,
): Promise<Present> {
  const told = await readWallet(
    client,
    pools,
    who.map(({ address }) => address),
    signal,
  )
  const report = (reading: WalletReading, accounts: readonly WhoReport[]) => ({
    reading,
    report: walletReport(reading, accounts),
  })
  // One call is all that holdings take.
  if (question.isHoldingsOnly) return { ...report(told, who), outlook: null, exit: null, figuresWhy: null }
  const accounts = await describeAccounts(client, who, { pools, signal })
  try {
    const figures = await live()
    const reading = settleWallet(told, figures)
    const { window } = question
    const isEarning = reading.assets.some(({ poolId, balance }) => poolId !== undefined && balance !== 0n)
    const outlook = isEarning
      ? outlookReport(reading, { live: figures, yields: await yields(figures), window })
      : null
    const exit = exitReports(reading, figures)
    return { ...report(reading, accounts), outlook, exit, figuresWhy: null }
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    return { ...report(told, accounts), outlook: null, exit: null, figuresWhy: error.message }
  }
}

type Whole = Present & {
  readonly input: WalletFileInput | undefined
  readonly replay: ReplayReport | null
  readonly pastWhy: string | null
}

function wholeOf(
  present: Present,
  { past, failure }: PastReport,
  { question, pools }: Pick<WalletRequest, 'question' | 'pools'>,
): Whole {
  const { accounts, chainId } = present.reading
  const assets = walletAssets(pools)
  return {
    ...present,
    input: past === undefined ? undefined : { past, assets, accounts, chainId, method: question.method },
    replay: past === undefined ? null : replayReport(past, pools),
    pastWhy: failure === undefined ? null : failure instanceof Error ? failure.message : String(failure),
  }
}

function textOf({ reading, report, outlook, exit, figuresWhy, ...rest }: Whole): string {
  const { input, replay, pastWhy } = rest
  return [
    walletText(report, reading),
    ...(outlook === null ? [] : [outlookText(outlook)]),
    ...(exit === null || exit.length === 0 ? [] : [exitText(exit)]),
    ...(figuresWhy === null ? [] : [`What it earns and the ways out are not known: ${figuresWhy}`]),
    ...(input === undefined ? [] : [pastText(input)]),
    ...(pastWhy === null ? [] : [`The past is told as far as it was read: ${pastWhy}`]),
    ...(replay === null ? [] : [replayText(replay)]),
    WALLET_NOTES.join('\n'),
  ].join('\n\n')
}

/** A table of what came and went has no place for what is in doubt. */
function tellDoubts(past: WalletPast, { note }: WalletReport): void {
  if (note === HOLDS_NONE && past.courses.length === 0) complain(note)
  else for (const line of wayLines(past)) complain(line)
}

function print(whole: Whole, form: OutputForm): string {
  const { report, outlook, exit, figuresWhy, input, replay, pastWhy } = whole
  if (form === 'text') return `${textOf(whole)}\n`
  if (form === 'csv') {
    if (input === undefined) return ''
    tellDoubts(input.past, report)
    return pastCsv(input)
  }
  const past = input === undefined ? null : walletFile(input)
  const rest = { notes: WALLET_NOTES, outlook, exit, figuresWhy, replay, past, pastWhy }
  return `${JSON.stringify({ ...report, ...rest }, null, 2)}\n`
}

function printHoldings({ report, reading }: Present, form: OutputForm): string {
  if (form === 'csv') return walletCsv(report)
  return form === 'json' ? `${JSON.stringify(report, null, 2)}\n` : `${walletText(report, reading)}\n`
}

/** What was asked to be found by logs and was not. */
function shortfall({ way }: WalletQuestion, { past, failure }: PastReport): unknown {
  if (failure !== undefined || past === undefined) return failure
  const isMissing = way === 'logs' && past.way !== 'logs' && past.courses.length > 0
  return isMissing ? new TransfersNotSearched(past.noLogs) : undefined
}

/** A local chain may be shorter than the spacing of mainnet: then little but its two ends is looked at. */
function tellCoarse({ network: { grid } }: ChainClient, { block }: WalletReading): void {
  if (block < grid)
    complain(
      `The chain has ${fixed(block, 0, 0)} blocks, so a spacing of ${grid} looks at few of them. Give a smaller --grid, 2 for the embedded chain.`,
    )
}

/** Print what is known where the reader stops the reading of the past. */
function printWhenStopped(request: WalletRequest, present: Present, { signal, atEnd }: Context) {
  let past: WalletPast | undefined
  let isDone = false
  atEnd(() => {
    if (!signal.aborted || isDone) return
    tellStopped(past)
    if (past !== undefined)
      printWhole(print(wholeOf(present, { past, failure: undefined }, request), request.form))
  })
  return {
    onStep: (step: WalletPast) => {
      past = step
    },
    end: () => {
      isDone = true
    },
  }
}

/**
 * Answer what a wallet holds and, unless that is all, what it earned and paid.
 * @throws NameProblem, GatewayFailed, BadInput; the classes of `chain/errors.ts` where not even the holdings are known
 */
export async function answerWallet(request: WalletRequest, context: Context): Promise<WalletAnswer> {
  const { question, client, pools, form } = request
  const { signal } = context
  const who = await readWho(client, question.entries, { ...question, signal })
  const waiting = `Waiting for ${client.walletEndpoint?.operator ?? 'an endpoint'} …`
  const present = await whileWaiting(waiting, readPresent(request, who, signal))
  const isAnything = present.reading.assets.some(({ balance }) => balance !== undefined)
  if (question.isHoldingsOnly) return { text: printHoldings(present, form), isAnything }
  tellCoarse(client, present.reading)
  const stopping = printWhenStopped(request, present, context)
  const report = await gatherWalletPast(
    client,
    {
      pools,
      accounts: present.reading.accounts,
      head: present.reading.block,
      way: question.way,
      isThorough: question.isThorough,
    },
    { ...context, onStep: stopping.onStep },
  )
  stopping.end()
  const failure = shortfall(question, report)
  return { text: print(wholeOf(present, report, request), form), isAnything, failure }
}
