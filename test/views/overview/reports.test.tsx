import { render, screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { type BlockNumber, DAY, WAD } from '../../../src/math/fixedPoint.ts'
import type { Report } from '../../../src/math/report.ts'
import { isYield } from '../../../src/math/window.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import type { Reports } from '../../../src/queries/reports.ts'
import {
  contradictionsInWords,
  countInWords,
  type PoolSeries,
  spreadOf,
  yieldOf,
} from '../../../src/views/overview/poolFigures.ts'
import { StepsList } from '../../../src/views/pool/StepsList.tsx'
import { LogSlip } from '../../../src/views/receipt/LogSlip.tsx'
import { yieldReceipt } from '../../../src/views/receipt/yieldReceipt.ts'
import { Figure } from '../../../src/views/ui/Figure.tsx'
import { logOf, reportArguments } from '../../support/reportLogs.ts'
import { stubDialog } from '../support/browser.ts'
import { readFigures, seriesFrom } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, rateOf, timeOf } from '../support/world.ts'

const HOUR = 3_600n

/** The report that landed in a block, as its event tells it; measured three hours before. */
function reportIn(block: BlockNumber, rate = rateOf(rocketPool)(block)): Report {
  const time = timeOf(block) - 3n * HOUR
  const [, event] = rocketPool.reports
  return {
    rate,
    measured: { kind: 'time', time },
    log: logOf(event, reportArguments('rocket-pool', { rate, block, time }), {
      block,
      time: timeOf(block),
      operator: 'Log keeper',
    }),
  }
}

const reportsWith = (reports: readonly Report[]): Reports => ({
  reports: new Map([['rocket-pool', reports]]),
  blockTimes: new Map(),
  covered: [{ from: 0n, to: HEAD }],
  done: HEAD,
  wanted: HEAD,
  doubts: [],
  confirmed: [],
  malformed: [],
  timesMissing: 0,
  isComplete: true,
  from: timeOf(1n),
})

/** The blocks of the last forty days. */
const BLOCKS = Array.from({ length: 40 }, (_, index) => HEAD - 39n + BigInt(index))

async function readSeries(reports: readonly Report[]): Promise<PoolSeries> {
  const { live, history } = await readFigures(createWorld())
  const inputs = { history, live, window: 30n * DAY, reports: reportsWith(reports) }
  const [own] = seriesFrom([rocketPool], inputs)
  if (own === undefined) throw new Error('no series')
  return own
}

describe('a pool whose reports are read', () => {
  const own = readSeries(BLOCKS.map(block => reportIn(block)))

  test('default: its yield rests on reports at the times that they measured', async () => {
    const result = yieldOf(await own)
    if (!isYield(result)) throw new Error(result.why)
    expect(countInWords(result)).toBe('30 reports')
    expect(result.end.measuredAt).toBe(timeOf(HEAD) - 3n * HOUR)
    expect([result.start.evidence, result.span]).toEqual(['report', 30n * DAY])
  })

  test.each<[string, readonly number[], string]>([
    ['both ends', [0, 1], 'two operators tell'],
    ['the start only', [0], 'one operator tells'],
    ['the end only', [1], 'one operator tells'],
  ])('behavior: a second operator that told %s', async (_, ends, words) => {
    const series = await own
    const result = yieldOf(series)
    if (!isYield(result)) throw new Error(result.why)
    const [start, end] = [result.start, result.end].map((point, index) => {
      const report = point.report ?? expect.unreachable('no report')
      return ends.includes(index) ? { ...point, report: { ...report, confirmedBy: 'Witness' } } : point
    })
    if (start === undefined || end === undefined) return expect.unreachable('two ends')
    const { notes, logs } = yieldReceipt({
      pool: rocketPool,
      result: { ...result, start, end },
      measure: 'apy',
      source: series.operators,
    })
    expect(notes).toContain(
      `Exact: both ends are reports, at the times that their oracle measured, as ${words}.`,
    )
    render(logs?.map(log => <LogSlip key={log.label} log={log} />))
    const given = screen.getAllByText('Given by').map(({ nextSibling }) => nextSibling?.textContent)
    expect(given).toEqual(
      [0, 1].map(index =>
        ends.includes(index) ? 'Log keeper; Witness told the same when asked' : 'Log keeper alone',
      ),
    )
  })

  test('behavior: the receipt shows both events, what they say, and what single reports gave', async () => {
    stubDialog()
    const series = await own
    const result = yieldOf(series)
    if (!isYield(result)) throw new Error(result.why)
    const source = series.operators
    const spread = spreadOf(series, 'apy')
    const receipt = yieldReceipt({ pool: rocketPool, result, measure: 'apy', source, spread })
    expect(receipt.operator).toBe('Log keeper')
    expect(receipt.calls).toEqual([])
    expect(receipt.notes.join(' ')).toContain('30 d, 30 reports.')
    expect(receipt.notes).toContain(
      'Exact: both ends are reports, at the times that their oracle measured, as one operator tells.',
    )
    expect(receipt.notes.join(' ')).toMatch(/The 30 reports in it gave, .* a median of 3\.\d\d % \(APY\)/)

    const { user } = renderPage(
      <Figure
        exact="3"
        receipt={book => book.yieldReceipt({ pool: rocketPool, result, measure: 'apy', source })}
      >
        3
      </Figure>,
    )
    await user.click(screen.getByTitle('3'))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByRole('heading', { name: 'R₁, the rate at the start' })).toBeDefined()
    expect(within(dialog).getByRole('heading', { name: 'R₂, the rate at the end' })).toBeDefined()
    expect(within(dialog).getAllByText('slotTimestamp')).toHaveLength(2)
    expect(within(dialog).getByText(result.end.measuredAt.toString())).toBeDefined()
    expect(within(dialog).getAllByText('0x'.concat('ab'.repeat(32)))).toHaveLength(2)
    expect(
      within(dialog).getByText(
        `cast call ${rocketPool.token.address} "getExchangeRate()(uint256)" --block ${HEAD}`,
      ),
    ).toBeDefined()
    expect(within(dialog).getByText('Read from Log keeper.')).toBeDefined()
  })

  test('behavior: its list says what each row is known from', async () => {
    renderPage(<StepsList own={await own} isComplete />)
    const [, newest] = screen.getAllByRole('row')
    expect([...(newest?.querySelectorAll('td') ?? [])].at(-1)?.textContent).toBe('report')
    expect(
      screen.getByText(/^Read from the pool’s events, .*Other rows are as daily samples show them/),
    ).toBeDefined()
  })
})

describe('events that say something else than the contract', () => {
  test('default: the contract’s answers are used, and that is said', async () => {
    const wrong = HEAD - 5n
    const own = await readSeries(
      BLOCKS.map(block => reportIn(block, rateOf(rocketPool)(block) + (block === wrong ? WAD / 1_000n : 0n))),
    )
    expect(own.contradictions).toHaveLength(1)
    const point = own.points.find(({ block }) => block === wrong)
    expect(point).toMatchObject({ evidence: 'sample', rate: rateOf(rocketPool)(wrong) })
    expect(contradictionsInWords([own])).toEqual([
      `Rocket Pool: events tell another rate than its contract does once, last in blocks ${wrong} to ${wrong}. The contract’s answers are used there.`,
    ])
    renderPage(<StepsList own={own} isComplete />)
    expect(screen.getByText(/The contract’s answers are used there\.$/)).toBeDefined()
  })

  test('behavior: nothing is said where all agree, and of each pool on its own', () => {
    const one = { from: 1n, to: 2n, told: 1n, sampled: 2n }
    expect(contradictionsInWords([{ pool: lido, contradictions: [] }])).toEqual([])
    expect(
      contradictionsInWords([
        { pool: lido, contradictions: [one, { ...one, from: 1_000n, to: 2_000n }] },
        { pool: rocketPool, contradictions: [one] },
      ]),
    ).toEqual([
      'Lido: events tell another rate than its contract does 2 times, last in blocks 1,000 to 2,000. The contract’s answers are used there.',
      'Rocket Pool: events tell another rate than its contract does once, last in blocks 1 to 2. The contract’s answers are used there.',
    ])
  })
})
