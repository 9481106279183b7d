import { describe, expect, test } from 'vitest'
import { EmbeddedChainEnded } from '../../../src/cli/common/errors.ts'
import { untilEnded } from '../../../src/cli/common/untilEnded.ts'

const never = new AbortController().signal
const chainOf = (exited: Promise<void>, failure?: unknown) => ({ exited, failure: () => failure })

describe('untilEnded', () => {
  test('default', async () => {
    const controller = new AbortController()
    const running = chainOf(new Promise(() => undefined))
    setTimeout(() => controller.abort(), 1)
    await expect(untilEnded(controller.signal, running)).resolves.toBeUndefined()
    await expect(untilEnded(controller.signal, undefined)).resolves.toBeUndefined()
  })

  test('behavior: a chain that ends with the command is no failure', async () => {
    await expect(untilEnded(AbortSignal.abort(), chainOf(Promise.resolve()))).resolves.toBeUndefined()
  })

  test('error: EmbeddedChainEnded tells why mining failed', async () => {
    const cause = new RangeError('no more blocks')
    const ended = untilEnded(never, chainOf(Promise.resolve(), cause))
    await expect(ended).rejects.toThrow(EmbeddedChainEnded)
    await expect(ended).rejects.toMatchObject({
      message: 'The embedded chain stopped: no more blocks',
      cause,
    })
  })

  test('error: EmbeddedChainEnded without a reason where the node alone ended', async () => {
    await expect(untilEnded(never, chainOf(Promise.resolve()))).rejects.toThrow('ended by itself')
  })
})
