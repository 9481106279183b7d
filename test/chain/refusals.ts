import type { ChainError } from '../../src/chain/errors.ts'
import {
  ArchiveUnavailable,
  CallReverted,
  MethodUnavailable,
  RangeTooWide,
  RateLimited,
  RequestTooLarge,
  TooManyResults,
  UnexpectedReply,
  Unreachable,
} from '../../src/chain/errors.ts'

/** A refusal as a public endpoint or a node worded it, and the class that says what to do about it. */
export type Refusal = {
  readonly name: string
  readonly status: number
  readonly error: { readonly code?: number; readonly message: string; readonly data?: string | null }
  readonly expected: abstract new (...args: never[]) => ChainError
  /** Blocks that the refusal says are allowed at once. */
  readonly span?: bigint
}

/** Captured in 2026 from the endpoints named, and from other clients and chains with the same software. */
export const refusals: readonly Refusal[] = [
  {
    name: 'publicnode archive',
    status: 403,
    error: {
      code: -32_602,
      message: 'Archive requests require a personal token. Get one at: https://www.allnodes.com/publicnode',
    },
    expected: ArchiveUnavailable,
  },
  {
    name: 'publicnode pruned',
    status: 200,
    error: { code: -32_701, message: 'History has been pruned for this block' },
    expected: ArchiveUnavailable,
  },
  {
    name: 'publicnode span',
    status: 200,
    error: { code: -32_701, message: 'exceed maximum block range: 50000' },
    expected: RangeTooWide,
    span: 50_000n,
  },
  {
    name: 'publicnode addr',
    status: 403,
    error: { message: 'Request blocked' },
    expected: RequestTooLarge,
  },
  {
    name: 'drpc range',
    status: 400,
    error: { code: 35, message: 'ranges over 10000 blocks are not supported on free plan' },
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    name: 'drpc route',
    status: 400,
    error: {
      code: 12,
      message:
        "Can't route your request to suitable provider, if you specified certain providers revise the list",
    },
    expected: ArchiveUnavailable,
  },
  {
    name: 'drpc rate',
    status: 429,
    error: { code: 15, message: 'You reached Public endpoint rate limit, please upgrade to paid plan' },
    expected: RateLimited,
  },
  {
    name: 'drpc batch',
    status: 500,
    error: {
      code: 31,
      message:
        'Batch of more than 3 requests are not allowed on free tier, to use this feature register paid account at drpc.org',
    },
    expected: RequestTooLarge,
  },
  {
    name: 'drpc timeout',
    status: 200,
    error: {
      code: 30,
      message: 'Request timeout on the free tier, please upgrade your tier to the paid one',
    },
    expected: Unreachable,
  },
  {
    name: 'drpc temp',
    status: 500,
    error: { code: 19, message: 'Temporary internal error. Please retry, trace-id: x' },
    expected: Unreachable,
  },
  {
    name: 'mevblocker span',
    status: 200,
    error: { code: -32_602, message: 'range 47440 exceeds limit of 10000' },
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    name: 'mevblocker unavail',
    status: 200,
    error: { code: -32_603, message: 'service temporarily unavailable' },
    expected: Unreachable,
  },
  {
    name: 'mevblocker old',
    status: 200,
    error: {
      code: -32_005,
      message: 'query returned more than 10000 results. Try with this block range [0x184036C, 0x184037B].',
    },
    expected: RangeTooWide,
    span: 16n,
  },
  {
    name: '1rpc span',
    status: 200,
    error: { code: -32_602, message: 'eth_getLogs is limited to 0 - 50 blocks range' },
    expected: RangeTooWide,
    span: 50n,
  },
  {
    name: '1rpc state',
    status: 200,
    error: { code: -32_000, message: 'historical state 8d3c625e is not available' },
    expected: ArchiveUnavailable,
  },
  {
    name: '1rpc rate',
    status: 200,
    error: { code: -32_029, message: 'Too Many Requests' },
    expected: RateLimited,
  },
  {
    name: 'nodies',
    status: 200,
    error: {
      code: -32_001,
      message:
        'Block range too large: maximum allowed is 50 blocks on your current plan. Upgrade your subscription at https://nodies.app for larger ranges.',
    },
    expected: RangeTooWide,
    span: 50n,
  },
  {
    name: 'alchemy public',
    status: 200,
    error: {
      code: -32_600,
      message:
        'You can make eth_getLogs requests with up to a 100 block range. Based on your parameters, this block range should work: [0x100000, 0x100063]',
    },
    expected: RangeTooWide,
    span: 100n,
  },
  {
    name: 'blockrazor',
    status: 200,
    error: { code: -32_000, message: 'log query range must not exceed 25 blocks' },
    expected: RangeTooWide,
    span: 25n,
  },
  {
    name: 'cloudflare',
    status: 200,
    error: {
      code: -32_047,
      message: "Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: 800",
    },
    expected: RangeTooWide,
    span: 800n,
  },
  {
    name: 'cloudflare dead',
    status: 200,
    error: { code: -32_046, message: 'Cannot fulfill request' },
    expected: UnexpectedReply,
  },
  {
    name: 'pocket results',
    status: 200,
    error: { message: 'query exceeds max results 5000' },
    expected: TooManyResults,
  },
  {
    name: 'pocket blocks',
    status: 200,
    error: { message: 'blocks are available from block 25771356' },
    expected: ArchiveUnavailable,
  },
  {
    name: 'thirdweb',
    status: 200,
    error: {
      code: -32_005,
      message: 'Log response size exceeded. Maximum allowed number of requested blocks is 1000',
    },
    expected: RangeTooWide,
    span: 1_000n,
  },
  {
    name: 'infura',
    status: 200,
    error: { code: -32_005, message: 'query returned more than 10000 results' },
    expected: TooManyResults,
  },
  {
    name: 'nethermind',
    status: 200,
    error: {
      code: -32_602,
      message: 'invalid params',
      data: 'Query returned more than 50000 results. Try with this block range [0x1000000, 0x1080000].',
    },
    expected: RangeTooWide,
    span: 524_289n,
  },
  {
    name: 'geth',
    status: 200,
    error: {
      code: -32_000,
      message: 'missing trie node e9d75c26 (path ) state 0x.. is not available, not found',
    },
    expected: ArchiveUnavailable,
  },
  {
    name: 'tenderly',
    status: 200,
    error: { code: -32_009, message: 'evm timeout' },
    expected: Unreachable,
  },
  {
    name: 'ankr',
    status: 200,
    error: { code: -32_000, message: 'Unauthorized: You must authenticate your request with an API key.' },
    expected: MethodUnavailable,
  },
  {
    name: 'merkle',
    status: 200,
    error: { code: -32_601, message: 'Method not found' },
    expected: MethodUnavailable,
  },
  {
    name: 'flashbots',
    status: 200,
    error: { code: -32_601, message: 'rpc method is not whitelisted' },
    expected: MethodUnavailable,
  },
  {
    name: 'blxr',
    status: 200,
    error: { code: -32_000, message: 'method not available' },
    expected: MethodUnavailable,
  },
  {
    name: 'reth proof',
    status: 200,
    error: { code: -32_602, message: 'distance to target block exceeds maximum proof window' },
    expected: ArchiveUnavailable,
  },
  {
    name: 'anvil',
    status: 200,
    error: { code: -32_602, message: 'BlockOutOfRangeError: block height is 5000 but requested was 1' },
    expected: ArchiveUnavailable,
  },
  {
    name: 'revert',
    status: 200,
    error: { code: 3, message: 'execution reverted: paused' },
    expected: CallReverted,
  },
  {
    name: 'chainstack rps',
    status: 200,
    error: { code: -32_005, message: "You've exceeded the RPS limit available on the current plan" },
    expected: RateLimited,
  },
  {
    name: 'cronos',
    status: 200,
    error: { code: -32_000, message: 'maximum [from, to] blocks distance: 2000', data: null },
    expected: RangeTooWide,
    span: 2_000n,
  },
  {
    name: 'avax',
    status: 200,
    error: {
      code: -32_000,
      message: 'requested too many blocks from 50331648 to 51380224, maximum is set to 2048',
    },
    expected: RangeTooWide,
    span: 2_048n,
  },
  {
    name: 'base',
    status: 200,
    error: { code: -32_614, message: 'eth_getLogs is limited to a 10,000 range' },
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    name: 'ronin',
    status: 200,
    error: {
      code: -32_602,
      message: 'Invalid params',
      data: 'requested block range 16777217 exceeds the limit of 200; narrow your fromBlock/toBlock',
    },
    expected: RangeTooWide,
    span: 200n,
  },
  {
    name: 'bsc',
    status: 200,
    error: { code: -32_005, message: 'limit exceeded' },
    expected: UnexpectedReply,
  },
]
