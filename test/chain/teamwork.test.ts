import { expect, test } from 'vitest'
import { createTeam } from '../../src/chain/teamwork.ts'

test('default: it is over once all wait', async () => {
  const team = createTeam(['one', 'two'])
  const first = team.rest('one')
  expect(team.isOver()).toBe(false)
  await team.rest('two')
  expect(team.isOver()).toBe(true)
  await first
})

test('behavior: news wakes those that wait, who then wait no more', async () => {
  const team = createTeam(['one', 'two'])
  const first = team.rest('one')
  team.notify()
  await first
  void team.rest('two')
  expect(team.isOver()).toBe(false)
})

test('behavior: whoever leaves wakes the others, and the last one ends it', async () => {
  const team = createTeam(['one', 'two'])
  const first = team.rest('one')
  team.leave('two')
  await first
  expect(team.isOver()).toBe(false)
  expect([...team.active]).toEqual(['one'])
  const change = team.change()
  team.leave('one')
  await change
  expect(team.isOver()).toBe(true)
})

test('behavior: nobody is over from the start', () => {
  expect(createTeam([]).isOver()).toBe(true)
})
