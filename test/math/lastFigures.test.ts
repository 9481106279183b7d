import { expect, test } from 'vitest'
import { isLastFigures, type LastFigures } from '../../src/math/lastFigures.ts'

const figures: LastFigures = {
  block: 100n,
  time: 1_790_000_000n,
  chainId: 1n,
  operator: 'Somebody',
  url: 'https://node.example/',
  answers: [{ address: '0xaa', callData: '0x18160ddd', success: true, returnData: '0x01' }],
  doubts: { 'lido@1': 'A and B differ.' },
  identity: '1-abc',
}

test('default: a reading as it is kept, its chain named in the archives or not', () => {
  expect(isLastFigures(figures)).toBe(true)
  expect(isLastFigures({ ...figures, identity: undefined, doubts: {} })).toBe(true)
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'figures'],
  ['a block of 0', { ...figures, block: 0n }],
  ['a block that is a number', { ...figures, block: 100 }],
  ['no time', { ...figures, time: undefined }],
  ['no chain', { ...figures, chainId: undefined }],
  ['no operator', { ...figures, operator: undefined }],
  ['no endpoint', { ...figures, url: undefined }],
  ['no answers', { ...figures, answers: [] }],
  ['answers that are none', { ...figures, answers: 'many' }],
  [
    'an answer without its bytes',
    { ...figures, answers: [{ ...figures.answers[0], returnData: undefined }] },
  ],
  [
    'an answer that neither came nor failed',
    { ...figures, answers: [{ ...figures.answers[0], success: 1 }] },
  ],
  ['no doubts', { ...figures, doubts: undefined }],
  ['a doubt without words', { ...figures, doubts: { lido: 1 } }],
  ['an identity that is no name', { ...figures, identity: 5 }],
])('behavior: %s is none', (_, record) => {
  expect(isLastFigures(record)).toBe(false)
})
