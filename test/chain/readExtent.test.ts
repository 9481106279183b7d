import { describe, expect, test } from 'vitest'
import type { ChainClient } from '../../src/chain/client.ts'
import { ArchiveUnavailable, Unreachable } from '../../src/chain/errors.ts'
import { readExtent } from '../../src/chain/readExtent.ts'
import { tokenPools } from '../../src/pools/index.ts'

const DAY = 86_400n
const MERGE = { block: 15_537_394n, time: 1_663_224_179n }
const FIRST = { block: 11_225_126n, time: 1_604_900_000n }
const head = { block: 26_000_000n, time: 1_789_000_000n, chainId: 1n }
const hash = `0x${'ab'.repeat(32)}`

/** A node that knows the times of a few blocks, and refuses old ones where it keeps none. */
function node(chainId: bigint, { keepsOld = true } = {}) {
  const asked: unknown[] = []
  const times = new Map<unknown, bigint>([
    ['finalized', head.time - 900n],
    [`0x${MERGE.block.toString(16)}`, MERGE.time],
    [`0x${FIRST.block.toString(16)}`, FIRST.time],
    ['0x1', FIRST.time],
  ])
  const client: ChainClient = {
    endpoints: [
      { url: 'https://node.example', operator: 'node', roles: ['head', 'archive'], privacy: 'own' },
    ],
    network: { chainIds: [chainId], grid: 7_200n },
    ask: async ({ params, read }) => {
      const [tag] = params
      asked.push(tag)
      if (!keepsOld && tag === `0x${FIRST.block.toString(16)}`)
        throw new ArchiveUnavailable('has let go of it')
      const time = times.get(tag)
      if (time === undefined) throw new Unreachable(`was asked for ${String(tag)}`)
      const number = tag === 'finalized' ? '0x18cba00' : tag
      return { value: read({ number, timestamp: `0x${time.toString(16)}`, hash }, 'node'), operator: 'node' }
    },
  }
  return { client, asked }
}

describe('readExtent', () => {
  test('default: a year of mainnet starts a year before the head and asks for nothing older than the Merge', async () => {
    const { client, asked } = node(1n)
    const extent = await readExtent(client, { pools: tokenPools, head, span: 365n * DAY })
    expect(extent.from).toBe(head.time - 365n * DAY)
    expect(extent.cutAt).toBeUndefined()
    expect(asked).toHaveLength(2)
  })

  test('behavior: all of mainnet starts at the first block that any pool can be read at', async () => {
    const extent = await readExtent(node(1n).client, { pools: tokenPools, head, span: undefined })
    expect(extent).toMatchObject({ from: FIRST.time, firstBlock: FIRST.block, cutAt: undefined })
  })

  test('behavior: where old blocks are gone, history starts at the Merge and says so', async () => {
    const { client } = node(1n, { keepsOld: false })
    const extent = await readExtent(client, { pools: tokenPools, head, span: undefined })
    expect(extent).toMatchObject({ from: MERGE.time, firstBlock: MERGE.block, cutAt: MERGE.time })
  })

  test('behavior: a local chain starts at block 1, however far back was asked for', async () => {
    const { client, asked } = node(31_337n)
    const extent = await readExtent(client, {
      pools: tokenPools,
      head: { ...head, chainId: 31_337n },
      span: 9_999n * DAY,
    })
    expect(extent).toMatchObject({ from: FIRST.time, firstBlock: 1n, cutAt: undefined })
    expect(asked).toHaveLength(2)
  })

  test('error: Unreachable', async () => {
    const { client } = node(1n)
    const dead: ChainClient = { ...client, ask: () => Promise.reject(new Unreachable('is dead')) }
    await expect(readExtent(dead, { pools: tokenPools, head, span: DAY })).rejects.toBeInstanceOf(Unreachable)
  })
})
