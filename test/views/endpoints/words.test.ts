import { describe, expect, test } from 'vitest'
import { type Endpoint, PUBLIC_ENDPOINTS } from '../../../src/chain/endpoints.ts'
import { createStanding } from '../../../src/chain/standing.ts'
import {
  hostOf,
  PRIVACY_WORDS,
  paceInWords,
  rolesInWords,
  sentence,
  spanInWords,
} from '../../../src/views/endpoints/words.ts'

const endpoint = (change: Partial<Endpoint> = {}): Endpoint => ({
  url: 'https://rpc.example:8443/v1/key',
  operator: 'Example',
  roles: ['head', 'archive', 'logs', 'wallet'],
  privacy: 'none',
  pace: { atOnce: 2, spacing: 250 },
  ...change,
})

describe('words about an endpoint', () => {
  test('default: host and roles', () => {
    expect(hostOf(endpoint())).toBe('rpc.example:8443')
    expect(rolesInWords(endpoint())).toBe('newest block, old state, logs, wallet')
    expect(rolesInWords(endpoint({ roles: ['logs'] }))).toBe('logs')
  })

  test('default: each label of privacy has words of its own', () => {
    const labels = new Set(PUBLIC_ENDPOINTS.map(({ privacy }) => privacy))
    expect(labels.size).toBeGreaterThan(2)
    expect(new Set(Object.values(PRIVACY_WORDS)).size).toBe(5)
    expect(PRIVACY_WORDS.tracks).not.toContain('not')
    expect(PRIVACY_WORDS.none).toContain('not')
  })

  test('default: pace as stated, without a pause, and slowed', () => {
    expect(paceInWords(endpoint(), undefined)).toBe('2 at once, 250 ms apart')
    expect(paceInWords(endpoint({ pace: { atOnce: 8, spacing: 0 } }), undefined)).toBe(
      '8 at once, without a pause',
    )
    const standing = createStanding(endpoint())
    expect(paceInWords(endpoint(), standing)).toBe('2 at once, 250 ms apart')
    standing.pacer.slow()
    standing.pacer.slow()
    expect(paceInWords(endpoint(), standing)).toBe(
      '2 at once, 250 ms apart, slowed to 563 ms after a refusal',
    )
  })

  test('default: blocks of logs as learned, before what others found; nothing where nothing is known', () => {
    const seen = endpoint({ limits: { span: 50_000n } })
    expect(spanInWords(seen, { span: 1_024n, isStated: true })).toBe(
      'logs of 1,024 blocks at once, as it says',
    )
    expect(spanInWords(seen, { span: 1_024n, isStated: false })).toContain('as tried')
    expect(spanInWords(seen, {})).toBe('logs of 50,000 blocks at once, as others found')
    expect(spanInWords(endpoint(), {})).toBeUndefined()
  })

  test('default: a clause becomes a sentence, a sentence stays one', () => {
    expect(sentence('wants fewer requests')).toBe('wants fewer requests.')
    expect(sentence('Serves chain 1.')).toBe('Serves chain 1.')
  })
})
