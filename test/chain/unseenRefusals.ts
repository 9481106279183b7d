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

/**
 * A refusal as a client or an operator is known to word it: an `error` of JSON-RPC made of code, message and data, or
 * `text`, the whole body.
 */
export type Unseen = {
  readonly source: string
  readonly status?: number
  readonly code?: number
  readonly message?: string
  readonly data?: unknown
  readonly text?: string
  readonly expected: abstract new (...args: never[]) => ChainError
  /** Blocks that the refusal says are allowed at once. */
  readonly span?: bigint
  /** The oldest block that the refusal says is kept. */
  readonly oldest?: bigint
}

const rate: readonly Unseen[] = [
  {
    source: 'alchemy',
    code: 429,
    message:
      'Your app has exceeded its compute units per second capacity. If you have retries enabled, you can safely ignore this message. If not, check out https://docs.alchemy.com/reference/throughput',
    expected: RateLimited,
  },
  {
    source: 'alchemy month',
    status: 403,
    code: -32_000,
    message:
      'Monthly capacity limit exceeded. Visit https://dashboard.alchemy.com/settings/billing to upgrade your scaling policy for continued service.',
    expected: RateLimited,
  },
  {
    source: 'infura day',
    code: -32_005,
    message: 'daily request count exceeded, request rate limited',
    expected: RateLimited,
  },
  {
    source: 'infura second',
    code: -32_005,
    message: 'project ID request rate exceeded',
    expected: RateLimited,
  },
  {
    source: 'quicknode day',
    code: -32_003,
    message: 'daily request limit reached - upgrade your account at quicknode.com',
    expected: RateLimited,
  },
  { source: 'blockpi', code: -32_000, message: 'public rate limit exceeded', expected: RateLimited },
  {
    source: 'ankr',
    code: -32_090,
    message: 'Too many requests, reason: call rate limit exhausted, retry in 10s',
    expected: RateLimited,
  },
  { source: 'getblock', status: 200, text: '{"error":"Too many requests"}', expected: RateLimited },
  {
    source: 'onfinality',
    status: 200,
    code: -32_000,
    message:
      'Too Many Requests, Please apply an OnFinality API key or contact us to receive a higher rate limit',
    expected: RateLimited,
  },
  { source: 'proxyd rate', code: -32_016, message: 'over rate limit', expected: RateLimited },
  { source: 'kong', status: 403, text: '{"message":"API rate limit exceeded"}', expected: RateLimited },
  { source: 'cloudflare 1015', status: 403, text: 'error code: 1015', expected: RateLimited },
  {
    source: 'cloudflare challenge',
    status: 403,
    text: '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>',
    expected: RateLimited,
  },
  {
    source: 'moralis',
    status: 401,
    text: '{"message":"Validation service blocked: Your plan: free-plan-daily total included usage has been consumed, please upgrade your plan here, https://moralis.io/pricing"}',
    expected: RateLimited,
  },
  {
    source: 'blockvision',
    code: -32_607,
    message: 'The call limit has been reached, please upgrade your subscription',
    expected: RateLimited,
  },
  { source: 'chainstack quota', code: -32_005, message: 'Exceeded the quota usage', expected: RateLimited },
]

const archive: readonly Unseen[] = [
  {
    source: 'erigon',
    code: -32_000,
    message:
      'old data not available due to pruning: requested block 0, history is available from block 25247999',
    expected: ArchiveUnavailable,
    oldest: 25_247_999n,
  },
  { source: 'geth 4444', code: 4444, message: 'pruned history unavailable', expected: ArchiveUnavailable },
  {
    source: 'geth trace',
    code: -32_000,
    message: 'required historical state unavailable (reexec=128)',
    expected: ArchiveUnavailable,
  },
  {
    source: 'reth',
    code: -32_603,
    message: 'State at block #11052984 is pruned',
    expected: ArchiveUnavailable,
  },
  {
    source: 'nethermind',
    code: -32_002,
    message: 'No state available for block 0x7f9f3ec4a1e5ab5b5a3ab9c1b1f4a4a9b1a5f1c2',
    expected: ArchiveUnavailable,
  },
  {
    source: 'nethermind trace',
    code: -32_603,
    message: 'Internal error',
    data: 'Nethermind.State.StateUnavailableException: State for block 12 is unavailable\n   at Nethermind.JsonRpc.Modules.Eth',
    expected: ArchiveUnavailable,
  },
  { source: 'besu', code: -32_000, message: 'World state unavailable', expected: ArchiveUnavailable },
  {
    source: 'openethereum',
    code: -32_000,
    message:
      'This request is not supported because your node is running with state pruning. Run with --pruning=archive.',
    expected: ArchiveUnavailable,
  },
  { source: 'geth hash', code: -32_000, message: 'header for hash not found', expected: ArchiveUnavailable },
  {
    source: 'erigon block',
    code: -32_000,
    message: 'block not found: 25800000',
    expected: ArchiveUnavailable,
  },
  {
    source: 'kava',
    code: -32_000,
    message: 'height 12000000 is not available, lowest height is 15000001',
    expected: ArchiveUnavailable,
    oldest: 15_000_001n,
  },
  {
    source: 'moonbeam state',
    code: -32_603,
    message: 'State already discarded for 0x5d0c1c2f',
    expected: ArchiveUnavailable,
  },
  {
    source: 'op-geth',
    code: -32_000,
    message: 'no historical RPC is available for this historical (pre-bedrock) execution request',
    expected: ArchiveUnavailable,
  },
  { source: 'geth unknown', code: -39_001, message: 'Unknown block', expected: ArchiveUnavailable },
  {
    source: 'avalanche',
    code: -32_000,
    message: 'cannot query unfinalized data',
    expected: ArchiveUnavailable,
  },
  {
    source: 'erigon proof',
    code: -32_000,
    message:
      'requested block is too old, block must be within 100000 blocks of the head block number (currently 25800000)',
    expected: ArchiveUnavailable,
  },
  {
    source: 'chainstack archive',
    status: 403,
    code: -32_002,
    message: 'Archive, Debug and Trace requests are not available on your current plan. Upgrade your plan',
    expected: ArchiveUnavailable,
  },
  { source: 'proxyd block', code: -32_019, message: 'block is out of range', expected: ArchiveUnavailable },
  {
    source: 'geth lag',
    code: -32_602,
    message: 'block range extends beyond current head block',
    expected: ArchiveUnavailable,
  },
]

const range: readonly Unseen[] = [
  {
    source: 'hyperliquid',
    code: -32_602,
    message: 'query exceeds max block range 100000',
    expected: RangeTooWide,
    span: 100_000n,
  },
  {
    source: 'quicknode',
    status: 413,
    code: -32_614,
    message: 'eth_getLogs and eth_newFilter are limited to a 10,000 blocks range',
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    source: 'erigon',
    code: -32_602,
    message: 'query block range exceeds server limit, narrow your filter: 1000.',
    expected: RangeTooWide,
    span: 1_000n,
  },
  {
    source: 'morph',
    code: -32_000,
    message: 'block range is larger than max block range, block range = 5120, max block range = 5000',
    expected: RangeTooWide,
    span: 5_000n,
  },
  {
    source: 'moonbeam',
    code: -32_603,
    message: 'block range is too wide (maximum 1024)',
    expected: RangeTooWide,
    span: 1_024n,
  },
  {
    source: 'tenderly',
    code: -32_602,
    message: 'invalid params',
    data: { error_id: '4ed94073', payload: 'range 9009594 is bigger than range limit 2000' },
    expected: RangeTooWide,
    span: 2_000n,
  },
  { source: 'ankr', code: -32_600, message: 'block range is too wide', expected: RangeTooWide },
  {
    source: 'blast',
    code: -32_600,
    message: 'eth_getLogs exceeds the range allowed for your plan (20000 > 10000)',
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    source: 'coinbase',
    code: -32_602,
    message: 'please limit the query to at most 1,000 blocks',
    expected: RangeTooWide,
    span: 1_000n,
  },
  {
    source: 'merkle',
    code: -32_000,
    message: 'eth_getLogs range is too large, max is 10k blocks',
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    source: 'harmony',
    code: -32_000,
    message: 'query must be smaller than size 1024',
    expected: RangeTooWide,
    span: 1_024n,
  },
  {
    source: 'swell',
    code: -32_022,
    message: 'block range greater than 10000 max',
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    source: 'volta',
    code: -32_005,
    message: 'Limit exceeded: Query requested more than 10.000 blocks',
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    source: 'chainstack',
    code: -32_600,
    message:
      'Block range limit exceeded. See more details at https://docs.chainstack.com/docs/limits#evm-range-limits',
    expected: RangeTooWide,
  },
  {
    source: 'cdk-erigon',
    code: -32_005,
    message: 'block range too large, max range: 20000',
    expected: RangeTooWide,
    span: 20_000n,
  },
  { source: 'candle', code: -32_600, message: 'block range too high', expected: RangeTooWide },
  {
    source: 'a strict node',
    code: -32_602,
    message: 'invalid params: block range exceeds limit of 1000',
    expected: RangeTooWide,
    span: 1_000n,
  },
  {
    source: 'a node that likes filters',
    code: -32_602,
    message: 'max range is 2_000 blocks unless filtered by addresses or topics',
    expected: RangeTooWide,
    span: 2_000n,
  },
  {
    source: 'blockpi',
    code: -32_602,
    message:
      'eth_getLogs is limited to 1024 block range. Please check the parameter requirements at https://docs.blockpi.io/documentations/api-reference/ethereum',
    expected: RangeTooWide,
    span: 1_024n,
  },
  {
    source: 'alchemy',
    code: -32_602,
    message:
      'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: [0x1000000, 0x10003e7]',
    expected: RangeTooWide,
    span: 2_000n,
  },
  {
    source: 'reth',
    code: -32_602,
    message: 'query exceeds max results 20000, retry with the range 24383075-24383096',
    expected: RangeTooWide,
    span: 22n,
  },
  {
    source: 'infura',
    code: -32_005,
    message: 'query returned more than 10000 results',
    data: { from: '0x83B5F1', limit: 10_000, to: '0x83C121' },
    expected: RangeTooWide,
    span: 2_865n,
  },
]

const results: readonly Unseen[] = [
  {
    source: 'arbitrum',
    code: -32_000,
    message: 'logs matched by query exceeds limit of 10000',
    expected: TooManyResults,
  },
  {
    source: '1rpc',
    code: -32_000,
    message: 'response size should not greater than 10000000 bytes',
    expected: TooManyResults,
  },
  { source: 'proxyd size', code: -32_020, message: 'backend response too large', expected: TooManyResults },
  {
    source: 'alchemy time',
    code: -32_000,
    message: 'Query timeout exceeded. Consider reducing your block range.',
    expected: TooManyResults,
  },
  {
    source: 'jsonrpsee size',
    code: -32_008,
    message: 'Response is too big',
    data: 'Exceeded max limit of 167772160',
    expected: TooManyResults,
  },
  {
    source: 'alchemy 2020',
    code: -32_602,
    message: 'Log response size exceeded. Please reduce query block range.',
    expected: TooManyResults,
  },
]

const tooLarge: readonly Unseen[] = [
  { source: 'geth batch', code: -32_600, message: 'batch too large', expected: RequestTooLarge },
  {
    source: 'geth',
    code: -32_602,
    message: 'exceed max addresses or topics per search position',
    expected: RequestTooLarge,
  },
  {
    source: 'erigon',
    code: -32_602,
    message: 'query exceeds the maximum of 1000 addresses or topics per search position',
    expected: RequestTooLarge,
  },
  {
    source: 'publicnode',
    status: 403,
    code: -32_701,
    message: 'Please, specify less number of addresses',
    expected: RequestTooLarge,
  },
  {
    source: 'besu',
    code: -32_602,
    message: 'Number of requests in batch exceeds --rpc-max-batch-size.',
    expected: RequestTooLarge,
  },
  {
    source: 'nginx 413',
    status: 413,
    text: '<html><head><title>413 Request Entity Too Large</title></head></html>',
    expected: RequestTooLarge,
  },
  {
    source: 'jsonrpsee batch',
    code: -32_010,
    message: 'The batch request was too large',
    data: 'Exceeded max limit of 100',
    expected: RequestTooLarge,
  },
  {
    source: 'geth body',
    status: 413,
    text: 'content length too large (6000000>5242880)',
    expected: RequestTooLarge,
  },
  {
    source: 'geth gas',
    code: -32_000,
    message: 'gas required exceeds allowance (50000000)',
    expected: RequestTooLarge,
  },
  {
    source: 'infura',
    code: -32_602,
    message: 'This query contains 5006 filters. The current limit is 5000.',
    expected: RequestTooLarge,
  },
]

const method: readonly Unseen[] = [
  {
    source: 'geth',
    code: -32_601,
    message: 'the method eth_getProof does not exist/is not available',
    expected: MethodUnavailable,
  },
  {
    source: 'drpc',
    status: 400,
    code: 35,
    message: 'method is not available on freetier, please upgrade to paid tier',
    expected: MethodUnavailable,
  },
  { source: 'besu', code: -32_604, message: 'Method not enabled', expected: MethodUnavailable },
  { source: 'infura', status: 401, text: 'invalid project id\n', expected: MethodUnavailable },
  {
    source: 'alchemy',
    code: -32_600,
    message: 'eth_getProof is not included in your current plan',
    expected: MethodUnavailable,
  },
  { source: 'a gateway', status: 451, text: 'Unavailable For Legal Reasons', expected: MethodUnavailable },
]

const unreachable: readonly Unseen[] = [
  { source: 'geth call', code: -32_000, message: 'execution aborted (timeout = 5s)', expected: Unreachable },
  { source: 'geth', code: -32_002, message: 'request timed out', expected: Unreachable },
  {
    source: 'proxyd',
    code: -32_011,
    message: 'no backend is currently healthy to serve traffic',
    expected: Unreachable,
  },
  {
    source: 'jsonrpsee',
    code: -32_009,
    message: 'Server is busy, try again later',
    expected: Unreachable,
  },
  { source: 'cloudflare 522', status: 200, text: 'error code: 522', expected: Unreachable },
  { source: 'erigon', code: -32_000, message: 'context deadline exceeded', expected: Unreachable },
  { source: 'nginx 504', status: 504, text: '<html>504 Gateway Time-out</html>', expected: Unreachable },
  { source: 'a gateway', status: 408, text: '', expected: Unreachable },
]

const revert: readonly Unseen[] = [
  {
    source: 'nethermind',
    code: -32_015,
    message: 'VM execution error.',
    data: 'Reverted 0x08c379a0',
    expected: CallReverted,
  },
  { source: 'besu', code: -32_000, message: 'Execution reverted', data: '0x', expected: CallReverted },
  {
    source: 'openethereum',
    code: -32_015,
    message: 'VM execution error.',
    data: 'Bad instruction fd',
    expected: CallReverted,
  },
  {
    source: 'hardhat',
    code: -32_603,
    message:
      "Error: VM Exception while processing transaction: reverted with reason string 'too many requests'",
    expected: CallReverted,
  },
  { source: 'geth', code: -32_000, message: 'invalid jump destination', expected: CallReverted },
  { source: 'erigon', code: -32_000, message: 'stack underflow (0 <=> 1)', expected: CallReverted },
]

const unexpected: readonly Unseen[] = [
  {
    source: 'geth',
    code: -32_602,
    message: 'missing value for required argument 0',
    expected: UnexpectedReply,
  },
  { source: 'nginx 404', status: 404, text: '<html>404 Not Found</html>', expected: UnexpectedReply },
  { source: 'nginx 405', status: 405, text: '405 Method Not Allowed', expected: UnexpectedReply },
  { source: 'geth parse', status: 400, code: -32_700, message: 'parse error', expected: UnexpectedReply },
]

/** Wordings that were at hand when the patterns of the classifier were written. */
export const unseenRefusals: readonly Unseen[] = [
  ...rate,
  ...archive,
  ...range,
  ...results,
  ...tooLarge,
  ...method,
  ...unreachable,
  ...revert,
  ...unexpected,
]

/** Wordings that were looked up after the patterns stood, to see how far they reach: 41 of 67 at first, all by now. */
export const heldOutRefusals: readonly Unseen[] = [
  {
    source: 'quicknode credits',
    code: -32_012,
    message: 'credits limited to 6000/sec',
    expected: RateLimited,
  },
  {
    source: 'jsonrpsee rate',
    code: -32_000,
    message: 'Exceeded max limit of 100 requests per second',
    expected: RateLimited,
  },
  {
    source: 'a free tier',
    code: -32_005,
    message: 'You have reached the free tier limit, upgrade at https://example.org/billing',
    expected: RateLimited,
  },
  {
    source: 'a plan',
    status: 400,
    code: -32_000,
    message: "You've reached the monthly limit for your current plan",
    expected: RateLimited,
  },
  { source: 'a throttle', code: -32_000, message: 'Request throttled', expected: RateLimited },
  {
    source: 'a load balancer',
    code: -32_000,
    message: 'The service is under too much load',
    expected: RateLimited,
  },
  {
    source: 'megaeth',
    code: -32_000,
    message: 'rabbit hole is full. Please try again later',
    expected: RateLimited,
  },
  {
    source: 'getblock requests',
    code: -32_000,
    message: 'You have exceeded the maximum requests allowed',
    expected: RateLimited,
  },
  {
    source: 'tenderly quota',
    code: -32_005,
    message: 'You have reached the quota limit for this month',
    expected: RateLimited,
  },
  {
    source: 'infura archive',
    code: -32_002,
    message: 'project ID does not have access to archive state',
    expected: ArchiveUnavailable,
  },
  {
    source: 'a plan without archive',
    code: -32_000,
    message: 'archival data not available',
    expected: ArchiveUnavailable,
  },
  {
    source: 'a node without history',
    code: -32_000,
    message: 'historical data not supported',
    expected: ArchiveUnavailable,
  },
  {
    source: 'avalanche future',
    code: -32_000,
    message: 'requested from block 99 after last accepted block 98',
    expected: ArchiveUnavailable,
  },
  {
    source: 'cronos version',
    code: -32_000,
    message: 'Version has either been pruned, or is for a future block height',
    expected: ArchiveUnavailable,
  },
  { source: 'helios', code: -32_000, message: 'block not available: 23586600', expected: ArchiveUnavailable },
  {
    source: 'nethermind node',
    code: -32_000,
    message: 'missing trie node (path ) state 0xd7f8974f',
    expected: ArchiveUnavailable,
  },
  {
    source: 'openethereum body',
    code: -32_000,
    message: 'body not found for block 0x10',
    expected: ArchiveUnavailable,
  },
  {
    source: 'evmos height',
    code: -32_000,
    message: 'requested height 5 must be less than or equal to the current blockchain height 4',
    expected: ArchiveUnavailable,
  },
  {
    source: 'polygon',
    code: -32_000,
    message: 'earliest available block is 50000000',
    expected: ArchiveUnavailable,
  },
  {
    source: 'zkevm',
    code: -32_602,
    message: 'logs are limited to a 10000 block range',
    expected: RangeTooWide,
    span: 10_000n,
  },
  {
    source: 'bsc',
    code: -32_000,
    message: 'exceed maximum block range: 5000',
    expected: RangeTooWide,
    span: 5_000n,
  },
  {
    source: 'besu range',
    code: -32_005,
    message: 'Requested range exceeds maximum RPC range limit',
    expected: RangeTooWide,
  },
  {
    source: 'publicnode parameters',
    status: 403,
    code: -32_701,
    message: 'This range of parameters is not supported',
    expected: RangeTooWide,
  },
  {
    source: 'forest',
    code: -32_000,
    message: 'block range exceeds the configured limit (2880 blocks)',
    expected: RangeTooWide,
    span: 2_880n,
  },
  {
    source: 'goldsky',
    code: -32_012,
    message: 'Range too large; max block range 1000',
    expected: RangeTooWide,
    span: 1_000n,
  },
  {
    source: 'somnia',
    code: -32_000,
    message: 'block range exceeds 1000',
    expected: RangeTooWide,
    span: 1_000n,
  },
  { source: 'a result set', code: -32_000, message: 'result set too large', expected: TooManyResults },
  {
    source: 'too many logs',
    code: -32_005,
    message: 'too many logs, narrow your filter',
    expected: TooManyResults,
  },
  { source: 'geth responses', code: -32_003, message: 'response too large', expected: TooManyResults },
  {
    source: 'nethermind batch',
    code: -32_005,
    message: 'Batch size limit exceeded',
    expected: RequestTooLarge,
  },
  { source: 'acala', code: -32_600, message: 'Exceeded maximum batch size 100', expected: RequestTooLarge },
  {
    source: 'a filter',
    code: -32_602,
    message: 'maximum number of addresses is 50',
    expected: RequestTooLarge,
  },
  {
    source: 'parity body',
    status: 413,
    text: 'PayloadTooLarge: request body exceeds 5242880 bytes',
    expected: RequestTooLarge,
  },
  { source: 'coreth', code: -32_602, message: 'array is too large', expected: RequestTooLarge },
  {
    source: 'infura method',
    code: -32_601,
    message: 'The method eth_getProof does not exist or is not supported on this network',
    expected: MethodUnavailable,
  },
  {
    source: 'alchemy method',
    code: -32_600,
    message: 'Unsupported method: eth_getProof. See available methods at https://docs.alchemy.com',
    expected: MethodUnavailable,
  },
  {
    source: 'a disabled method',
    code: -32_000,
    message: 'eth_getLogs is disabled',
    expected: MethodUnavailable,
  },
  {
    source: 'infura settings',
    status: 403,
    code: -32_002,
    message: 'rejected due to project ID settings',
    expected: MethodUnavailable,
  },
  {
    source: 'alchemy key',
    status: 401,
    code: -32_600,
    message: 'Must be authenticated!',
    expected: MethodUnavailable,
  },
  { source: 'a closed door', code: -32_000, message: 'Access denied', expected: MethodUnavailable },
  {
    source: 'publicnode filter',
    code: -32_701,
    message:
      'Please specify an address in your request or, to remove restrictions, order a dedicated full node here: https://www.allnodes.com/eth/host',
    expected: MethodUnavailable,
  },
  {
    source: 'envoy',
    status: 200,
    text: 'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    expected: Unreachable,
  },
  { source: 'erigon cancel', code: -32_000, message: 'context canceled', expected: Unreachable },
  {
    source: 'nethermind timeout',
    code: -32_016,
    message: 'eth_call request was canceled due to enabled timeout.',
    expected: Unreachable,
  },
  { source: 'blockpi server', code: -32_000, message: 'No server available', expected: Unreachable },
  {
    source: 'a refused connection',
    code: -32_000,
    message: 'dial tcp 10.0.0.7:8545: connect: connection refused',
    expected: Unreachable,
  },
  { source: 'a node that follows late', code: -32_000, message: 'node is not synced', expected: Unreachable },
  { source: 'erigon write', code: -32_000, message: 'write protection', expected: CallReverted },
  { source: 'reth halt', code: -32_603, message: 'EVM error: InvalidJump', expected: CallReverted },
  {
    source: 'geth argument',
    code: -32_602,
    message: 'invalid argument 0: hex string without 0x prefix',
    expected: UnexpectedReply,
  },
  {
    source: 'envio',
    code: -32_602,
    message: "invalid type: map, expected BlockNumber, 'latest', or 'earliest'",
    expected: UnexpectedReply,
  },
  // Looked up after the patterns had been mended with those above.
  {
    source: 'quicknode second',
    code: -32_000,
    message: 'The requests per second (RPS) of your requests are higher than your plan allows.',
    expected: RateLimited,
  },
  {
    source: '1rpc request',
    code: -32_600,
    message: 'JSON RPC Request is too large',
    expected: RequestTooLarge,
  },
  {
    source: '1rpc quota',
    code: -32_001,
    message:
      "You've reached the usage limit for your current plan. To continue with higher limits and uninterrupted access, please upgrade here: https://www.1rpc.io/#pricing",
    expected: RateLimited,
  },
  {
    source: 'blockvision rate',
    code: -32_605,
    message: 'Too many requests were made, these requests are be limited',
    expected: RateLimited,
  },
  {
    source: 'blockvision address',
    code: -32_606,
    message: 'Request IP not in whitelist.',
    expected: MethodUnavailable,
  },
  { source: 'chainnodes', status: 401, code: 401, message: 'invalid api key', expected: MethodUnavailable },
  { source: 'kasane', code: -32_000, message: 'state unavailable', expected: ArchiveUnavailable },
  {
    source: 'nethermind filter',
    code: -32_000,
    message: 'One of the blocks specified in filter (fromBlock, toBlock or blockHash) cannot be found',
    expected: ArchiveUnavailable,
  },
  {
    source: 'goldsky missing',
    code: -32_014,
    message: 'Block, transaction, or state not found',
    expected: ArchiveUnavailable,
  },
  { source: 'goldsky time', code: -32_015, message: 'Upstream node timed out', expected: Unreachable },
  {
    source: 'goldsky key',
    code: -32_016,
    message: 'Invalid or missing authentication',
    expected: MethodUnavailable,
  },
  {
    source: 'onfinality method',
    code: -32_000,
    message: 'Method "eth_getLogs" not found',
    expected: MethodUnavailable,
  },
  {
    source: 'evmos panic',
    code: -32_000,
    message:
      'rpc error: code = Unknown desc = panic message redacted to hide potentially sensitive system info: panic',
    expected: UnexpectedReply,
  },
  { source: 'chainstack node', code: -32_000, message: 'ECONNREFUSED', expected: Unreachable },
  { source: 'infura time', code: -32_005, message: 'query timeout exceeded', expected: TooManyResults },
  {
    source: '1rpc gnosis',
    code: -32_000,
    message: 'eth_getLogs is limited to a 1000 blocks range',
    expected: RangeTooWide,
    span: 1_000n,
  },
]
