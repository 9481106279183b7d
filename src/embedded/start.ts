import { DEMO_NAMES, DEMO_WALLETS, PLACES } from './addresses.ts'
import { type Anvil, startAnvil } from './anvil.ts'
import { buildHistory, createMiner, genesisTime, type Landmarks, type Miner } from './build.ts'
import { carryOut, nextTime } from './carryOut.ts'
import { compileContracts } from './compile.ts'
import { createHistory, type History } from './history.ts'
import type { KeeperCall } from './keeperCall.ts'
import { createNextCalls, endingSilence, keepMining, type Silence } from './live.ts'
import { createRpc, type Rpc } from './rpc.ts'
import type { Scenario } from './scenario.ts'
import { TWINS } from './twins/list.ts'
import { startDay } from './twins/script.ts'
import type { WalletScript } from './walletScript.ts'

const EMBEDDED_CHAIN_ID = 31337
const DEFAULT_SEED = 20_261

const THREE_YEARS = 1095

/** A running embedded chain. All its values are simulated. */
export type EmbeddedChain = {
  readonly url: string
  readonly chainId: typeof EMBEDDED_CHAIN_ID
  readonly port: number
  readonly pid: number
  /** The block of the first day's reports. */
  readonly firstDayBlock: bigint
  /** The block of the last day's reports: at or below `finalized`. */
  readonly lastDayBlock: bigint
  /** The newest block when the chain became ready. */
  readonly headBlock: bigint
  /** From these blocks on the contracts are there. */
  readonly deployedAt: {
    readonly opening: bigint
    readonly ankr: bigint
    readonly multicall3: bigint
    readonly rocketBalances: readonly [bigint, bigint, bigint, bigint]
  }
  /** By pool id, the first block at which the pool has a rate and a supply. */
  readonly twins: Readonly<Record<string, { readonly firstBlock: bigint }>>
  /** The blocks in which Rocket Pool's network balances v2, v3 and v4 took over. */
  readonly switchBlocks: readonly [bigint, bigint, bigint]
  readonly landmarks: Landmarks
  readonly history: History
  readonly places: typeof PLACES
  readonly demoWallets: typeof DEMO_WALLETS
  /** Names that ENS's twin knows. */
  readonly demoNames: typeof DEMO_NAMES
  /** Milliseconds from the call to the ready chain. */
  readonly readyMs: number
  /** Settles when the node has ended, whether stopped or not. */
  readonly exited: Promise<void>
  /** Why mining ended by itself; undefined where it has not. */
  failure(): unknown
  /** Have Rocket Pool report again in the next block, which a still chain mines for it. Only for a scenario's silence. */
  endSilence(): Promise<void>
  /**
   * Have the keeper make calls in a new block, 12 s after the newest one or at a time (seconds); give its number.
   *
   * Only on a chain that is not live. Throws ChainIsLive, or EmbeddedRpcFailed where a call reverts, in which case no
   * block is mined.
   */
  carryOut(calls: readonly KeeperCall[], time?: bigint): Promise<bigint>
  stop(): Promise<void>
}

/** What an embedded chain can be told. */
export type EmbeddedChainOptions = {
  /** 0, the default, takes any free port. */
  readonly port?: number
  /** Days of history, at least 20; three years by default. */
  readonly days?: number
  /** The time of the newest block, in seconds since 1970. */
  readonly now?: bigint
  /** The same seed and `now` give the same blocks. */
  readonly seed?: number
  /** Truths that the history is to hold; without them it tells its own. */
  readonly scenario?: Scenario
  /** What wallets do in the course of the history, in place of what the demo wallets do. */
  readonly wallets?: WalletScript
  /** Whether to mine a block every 12 s once ready; true by default. */
  readonly live?: boolean
  /** Hears why mining ended, if it does before `stop`; without it the node is stopped then. */
  readonly onFailure?: (error: unknown) => void
  readonly environment?: NodeJS.ProcessEnv
}

/**
 * Start the embedded chain: anvil with our own contracts at mainnet addresses and a history that ends now.
 *
 * Throws HistoryTooShort, ScenarioImpossible, WalletStepOutside, WalletCallsFailed, AnvilNotFound, PortTaken,
 * AnvilDidNotStart, ContractsDoNotCompile or EmbeddedRpcFailed, and leaves no process behind when it does.
 */
export async function startEmbeddedChain(options: EmbeddedChainOptions = {}): Promise<EmbeddedChain> {
  const startedAt = Date.now()
  const now = options.now ?? BigInt(startedAt) / 1000n
  const history = createHistory({
    days: options.days ?? THREE_YEARS,
    now,
    seed: options.seed ?? DEFAULT_SEED,
    scenario: options.scenario,
  })
  const anvil = await startAnvil({
    port: options.port ?? 0,
    chainId: EMBEDDED_CHAIN_ID,
    timestamp: genesisTime(history),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  })
  try {
    const rpc = createRpc(anvil.url)
    const miner = await createMiner(rpc, await compileContracts())
    const landmarks = await buildHistory(miner, rpc, { history, twins: TWINS, wallets: options.wallets })
    const headBlock = miner.head()
    const tellFailure: (error: unknown) => void = options.onFailure ?? (() => anvil.stop())
    let failure: unknown
    const onFailure = (error: unknown) => {
      failure = error
      tellFailure(error)
    }
    const silence = endingSilence(history, landmarks)
    const live =
      options.live === false ? undefined : keepMining({ miner, history, silence, startedAt, onFailure })
    const stop = async () => {
      await live?.stop()
      await anvil.stop()
    }
    return {
      ...describe(anvil, history, landmarks),
      headBlock,
      readyMs: Date.now() - startedAt,
      failure: () => failure,
      async endSilence() {
        if (silence === undefined || silence.isEnded()) return
        silence.end()
        if (live === undefined) await mineReport({ rpc, miner }, history, silence)
      },
      carryOut: (calls, time) => carryOut({ rpc, miner, live: live !== undefined }, calls, time),
      stop,
    }
  } catch (error) {
    await anvil.stop()
    throw error
  }
}

async function mineReport(
  { rpc, miner }: { rpc: Rpc; miner: Miner },
  history: History,
  silence: Silence,
): Promise<void> {
  const time = await nextTime(rpc)
  await miner.mine(time, createNextCalls(history, silence)(time, miner.head() + 1n))
  await miner.assertDone()
}

function describe(anvil: Anvil, history: History, landmarks: Landmarks) {
  const { schedule } = history
  const blockOf = (day: number) => landmarks.dayBlocks[day] ?? landmarks.openingBlock
  const [second, third, fourth] = schedule.deployDays
  const [toSecond, toThird, toFourth] = schedule.switchDays
  return {
    url: anvil.url,
    port: anvil.port,
    pid: anvil.pid,
    exited: anvil.exited,
    chainId: EMBEDDED_CHAIN_ID,
    firstDayBlock: blockOf(0),
    lastDayBlock: blockOf(schedule.days - 1),
    deployedAt: {
      opening: landmarks.openingBlock,
      ankr: blockOf(schedule.ankrDay),
      multicall3: blockOf(schedule.multicallDay),
      rocketBalances: [landmarks.openingBlock, blockOf(second), blockOf(third), blockOf(fourth)],
    },
    twins: {
      'rocket-pool': { firstBlock: landmarks.openingBlock },
      ankr: { firstBlock: blockOf(schedule.ankrDay) },
      lido: { firstBlock: landmarks.openingBlock },
      ...Object.fromEntries(TWINS.map(twin => [twin.id, { firstBlock: blockOf(startDay(schedule, twin)) }])),
    },
    switchBlocks: [blockOf(toSecond), blockOf(toThird), blockOf(toFourth)],
    landmarks,
    history,
    places: PLACES,
    demoWallets: DEMO_WALLETS,
    demoNames: DEMO_NAMES,
  } as const
}
