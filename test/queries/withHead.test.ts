import { describe, expect, test } from 'vitest'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { withHead } from '../../src/queries/withHead.ts'
import { createWorld, HEAD } from '../views/support/world.ts'

describe('withHead', () => {
  test('default: the head stands behind older samples', async () => {
    const { client, tokenPools } = createWorld().session
    const older = await readSnapshot(client, tokenPools, { block: 790n, role: 'archive' })
    const head = await readSnapshot(client, tokenPools, { block: 'latest', role: 'head' })
    const [sample] = withHead([], older)
    if (sample === undefined) throw new Error('the older snapshot made no sample')
    const both = withHead([sample], head)
    expect(both.map(({ block }) => block)).toEqual([790n, HEAD])
    expect(withHead(both, head)).toBe(both)
    expect(withHead(both, older)).toBe(both)
    expect(withHead(both, undefined)).toBe(both)
  })
})
