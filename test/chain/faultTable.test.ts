import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { createClient, LOCAL_ID } from '../../src/chain/client.ts'
import { ownEndpoint } from '../../src/chain/endpoints.ts'
import { readHeader } from '../../src/chain/readHeader.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import { testChain } from '../support/chain.ts'
import type { FaultPolicy } from '../support/faultProxy.ts'
import type { Truth } from './faultJobs.ts'
import { type Cell, faults, jobs, type NamedFault, runCell, tableOf } from './faultTable.ts'

// Simulated are the endpoints' faults and the contracts' history; the node, the transport and the readers are real.
// It ends now: a newest block from another time would be a fault of its own.
const running = testChain({ days: 30, now: BigInt(Math.floor(Date.now() / 1_000)) })

/** All pairs take a quarter of an hour: `FAULTS=all npx vitest run test/chain/faultTable`. */
const isAll = process.env['FAULTS'] === 'all'

/** Faults that together stand for the rest: slow, silent, refusing, forgetting, lagging, lying. */
const SHORT = [
  '429 always',
  'hangs',
  'no state older than 20 blocks',
  'stale head',
  'lying rate',
  'cut off, 1 in 4',
]

type Scene = { readonly name: string; readonly policies: () => readonly (FaultPolicy | undefined)[] }

const pairs: readonly (readonly [NamedFault, NamedFault])[] = faults.flatMap((one, index) =>
  faults
    .slice(index)
    .filter(other => isAll || (SHORT.includes(one.name) && SHORT.includes(other.name)))
    .map((other): [NamedFault, NamedFault] => [one, other]),
)

const scenes: Readonly<Record<string, readonly Scene[]>> = {
  'one endpoint, with the fault': faults.map(({ name, make }) => ({
    name: `${name}, alone`,
    policies: () => [make(0)],
  })),
  'three endpoints, the first with the fault': faults.map(({ name, make }) => ({
    name: `${name}, two healthy`,
    policies: () => [make(0), undefined, undefined],
  })),
  'three endpoints, two with faults': pairs.map(([one, other]) => ({
    name: `${one.name}; ${other.name}; healthy`,
    policies: () => [one.make(0), other.make(1), undefined],
  })),
}

const AT_ONCE = 12

/** Work through cells a few at a time: most of them wait for what never comes. */
async function runAll(some: readonly Scene[]): Promise<Cell[]> {
  const client = createClient([ownEndpoint(running.chain.url)], { chainIds: [LOCAL_ID], grid: 1n })
  const { time: headTime } = await readHeader(client, 'latest')
  const truth: Truth = {
    client,
    headTime,
    account: running.chain.demoWallets.everything,
    span: 22n * DAY,
    samples: new Map(),
  }
  const waiting = some.flatMap(scene => Object.keys(jobs).map(job => ({ scene, job })))
  const cells: Cell[] = []
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      cells.push(await runCell(running.chain.url, truth, next.scene.name, next.job, next.scene.policies()))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return cells.sort((a, b) => a.faults.localeCompare(b.faults) || a.job.localeCompare(b.job))
}

describe('faults × jobs', () => {
  test.each(Object.entries(scenes))(
    'behavior: %s: nothing wrong is shown or kept as right, and nothing hangs',
    async (title, some) => {
      const cells = await runAll(some)
      const text = `${title}\n${tableOf(cells)}\n`
      console.log(text)
      await mkdir('test-output', { recursive: true })
      await writeFile(`test-output/faults, ${title}.txt`, text)
      expect(cells).toHaveLength(some.length * Object.keys(jobs).length)
      expect(cells.filter(({ lapse }) => lapse !== undefined)).toEqual([])
      // With two healthy ones, or one, everything is there, but for what operators differ about.
      const served = cells.filter(({ job }) => job !== 'wallet' && !title.startsWith('one'))
      const isLie = ({ faults: names }: Cell): boolean => names.includes('lying')
      expect(served.filter(cell => !cell.isWhole && !isLie(cell))).toEqual([])
      expect(served.filter(cell => isLie(cell) && !/^right/.test(cell.text))).toEqual([])
      if (isAll) expect(served.filter(({ job, seconds }) => job === 'live' && seconds > 10)).toEqual([])
    },
    isAll ? 3_600_000 : 240_000,
  )
})
