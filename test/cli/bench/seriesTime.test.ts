import { expect, test } from 'vitest'
import { seriesText, timeSeries } from '../../../src/cli/bench/seriesTime.ts'

test('default: fifteen pools of five years, each way timed', () => {
  const time = timeSeries()
  expect(time.points).toBe(27_375)
  for (const ms of [time.drawn, time.exact, time.plain]) expect(ms).toBeGreaterThan(0)
  expect(seriesText(time)).toMatch(/^Rolling 30-day yields of 15 pools over five years, 27375 points: /)
})
