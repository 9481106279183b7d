import { both, inTurn, named, oneIn } from './faultCombine.ts'
import {
  archiveDepth,
  batchCap,
  captured,
  filterAddressCap,
  rateLimit,
  resultCap,
  spanCap,
  TOO_MANY,
} from './faultLimits.ts'
import type { FaultPolicy } from './faultProxy.ts'
import { emptyLogs, noCorsOnPreflight } from './faults.ts'

// Imitations of public endpoints, from captures of August to October 2026: what they refused then and in which words.
// The endpoints change monthly. Where no refusal of a kind was captured, a plain one stands for it, as is said there.
// Blocks, counts and paces can be scaled, since the embedded chain is short; the words then say the scaled number.

type Pace = { readonly calls?: number; readonly per?: number }

const OLD_LOGS = ['eth_getLogs']

/** Name the page's origin instead of any. */
const reflecting = (policy: FaultPolicy): FaultPolicy => named(policy.name, policy, { isReflecting: true })

/** Allnodes: fast, recent blocks only, many addresses in a filter stopped by its firewall. */
const publicnode = ({ depth = 10_000n, span = 50_000n, addresses = 9 } = {}): FaultPolicy =>
  inTurn(
    'publicnode',
    filterAddressCap({ cap: addresses }),
    spanCap({ cap: span, wording: 'publicnode span' }),
    archiveDepth({ depth }),
    archiveDepth({ depth, methods: OLD_LOGS, refusal: captured('publicnode pruned') }),
  )

/** MEV Blocker: an archive at a call a second; every second call beyond that is told to come back. */
const mevblocker = ({ span = 10_000n, calls = 1, per = 1_000 }: Pace & { span?: bigint } = {}): FaultPolicy =>
  reflecting(
    inTurn(
      'mevblocker',
      oneIn(2, rateLimit({ calls, per, refusal: captured('mevblocker unavail') })),
      spanCap({ cap: span, wording: 'mevblocker span' }),
    ),
  )

type Drpc = Pace & { span?: bigint; says?: bigint; batch?: number; routed?: bigint }

/**
 * dRPC: an archive. It says 10,000 blocks, and from some places really served 100.
 * @param routed logs older than this many blocks find no provider every second time
 */
const drpc = ({
  span = 10_000n,
  says = span,
  batch = 3,
  routed = 10_000n,
  calls = 4,
  per = 1_000,
}: Drpc = {}): FaultPolicy =>
  inTurn(
    'drpc',
    rateLimit({ calls, per, refusal: captured('drpc rate') }),
    batchCap({ cap: batch }),
    spanCap({ cap: span, says, wording: 'drpc range' }),
    oneIn(2, archiveDepth({ depth: routed, methods: OLD_LOGS, refusal: captured('drpc route') })),
  )

/** Blockmachine: an archive with a budget of units that it does not publish; the refusals are plain ones. */
const blockmachine = ({
  span = 20_000n,
  calls = 4,
  per = 1_000,
}: Pace & { span?: bigint } = {}): FaultPolicy =>
  inTurn(
    'blockmachine',
    rateLimit({ calls, per, refusal: TOO_MANY }),
    spanCap({ cap: span, wording: 'unhinted' }),
  )

/** BlockRazor: fast, no archive, few blocks of logs; the archive's refusal is a node's own. */
const blockrazor = ({ depth = 128n, span = 25n } = {}): FaultPolicy =>
  inTurn(
    'blockrazor',
    spanCap({ cap: span, wording: 'blockrazor' }),
    archiveDepth({ depth, refusal: captured('geth') }),
  )

/** Tenderly: an archive without a narrow span, which refuses after a long pass; the refusal is a plain one. */
const tenderly = ({ calls = 100, per = 60_000, span = 250_000n }: Pace & { span?: bigint } = {}) =>
  inTurn(
    'tenderly',
    rateLimit({ calls, per, refusal: TOO_MANY }),
    spanCap({ cap: span, wording: 'unhinted' }),
  )

/** Blast, run by Alchemy: an archive, ten blocks of logs, with the range that would do. */
const blastapi = ({ span = 10n } = {}): FaultPolicy =>
  reflecting(inTurn('blastapi', spanCap({ cap: span, wording: 'alchemy public' })))

/** Alchemy: a hundred blocks of logs. */
const alchemy = ({ span = 100n } = {}): FaultPolicy =>
  inTurn('alchemy', spanCap({ cap: span, wording: 'alchemy public' }))

/** 1RPC: no archive, fifty blocks of logs, soon too many requests, three in a batch. */
const oneRpc = ({
  depth = 128n,
  span = 50n,
  batch = 3,
  calls = 5,
  per = 1_000,
}: Pace & { depth?: bigint; span?: bigint; batch?: number } = {}): FaultPolicy =>
  inTurn(
    '1rpc',
    rateLimit({ calls, per, refusal: captured('1rpc rate') }),
    batchCap({ cap: batch }),
    spanCap({ cap: span, wording: '1rpc span' }),
    archiveDepth({ depth, refusal: captured('1rpc state') }),
  )

/** OnFinality: no archive, and a request in three seconds; the refusals are plain ones and a node's own. */
const onfinality = ({
  depth = 128n,
  span = 10_000n,
  calls = 1,
  per = 3_000,
}: Pace & { depth?: bigint; span?: bigint } = {}): FaultPolicy =>
  inTurn(
    'onfinality',
    rateLimit({ calls, per, refusal: TOO_MANY }),
    spanCap({ cap: span, wording: 'unhinted' }),
    archiveDepth({ depth, refusal: captured('geth') }),
  )

/** Pocket: an archive whose suppliers differ, so that the same logs are there twice and not the third time. */
const pocket = ({ results = 5_000, calls = 1, per = 1_000 }: Pace & { results?: number } = {}): FaultPolicy =>
  inTurn(
    'pocket',
    rateLimit({ calls, per, refusal: TOO_MANY }),
    resultCap({ cap: results, wording: 'pocket results' }),
    emptyLogs(),
  )

/** Nodies: an archive that no page may ask. */
const nodies = ({ span = 50n } = {}): FaultPolicy =>
  inTurn('nodies', both(noCorsOnPreflight(), spanCap({ cap: span, wording: 'nodies' })))

/** Thirdweb: a thousand blocks of logs. */
const thirdweb = ({ span = 1_000n } = {}): FaultPolicy =>
  inTurn('thirdweb', spanCap({ cap: span, wording: 'thirdweb' }))

/** Imitations of public endpoints from dated captures, each a policy of its own for one proxy. */
export const imitate = {
  publicnode,
  mevblocker,
  drpc,
  blockmachine,
  blockrazor,
  tenderly,
  blastapi,
  alchemy,
  oneRpc,
  onfinality,
  pocket,
  nodies,
  thirdweb,
} as const
