import { expect, test, vi } from 'vitest'
import { logSeatOf, rememberSpan } from '../../src/chain/logVisit.ts'
import { createMemory, logRecord, visit } from './logEndpoint.ts'

const record = logRecord('http://127.0.0.1:1', 'a', { limits: { span: 2_000n, addresses: 9n } })

test('default: one seat for an endpoint and a visit, begun with its record', () => {
  const [client, other] = [visit([record]), visit([record])]
  const seat = logSeatOf(client, record)
  expect(seat.span.size()).toBe(2_000n)
  expect(seat.addresses).toBe(9n)
  expect(logSeatOf(client, record)).toBe(seat)
  expect(logSeatOf(other, record)).not.toBe(seat)
})

test('behavior: what was learned is remembered once, beside what else is', () => {
  const memory = createMemory()
  memory.remember(record.url, { spacing: 7 })
  const client = visit([record], memory)
  const seat = logSeatOf(client, record)
  const remember = vi.spyOn(client.memory, 'remember')
  rememberSpan(client, record, seat)
  expect(remember).not.toHaveBeenCalled()
  seat.span.refuse(2_000n, 800n)
  rememberSpan(client, record, seat)
  rememberSpan(client, record, seat)
  expect(remember).toHaveBeenCalledTimes(1)
  expect(memory.recall(record.url)).toEqual({ spacing: 7, span: 800n, isStated: true })
  expect(logSeatOf(visit([record], memory), record).span.size()).toBe(800n)
})
