import { describe, expect, test } from 'vitest'
import { createProgress } from '../../../src/cli/common/output.ts'

function rehearse(isTTY: boolean) {
  const written: string[] = []
  let time = 0
  const stream = { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 }
  const progress = createProgress(stream, () => time)
  const at = (milliseconds: number, text: string): void => {
    time = milliseconds
    progress.tell(text)
  }
  return { written, at, end: progress.end }
}

describe('createProgress', () => {
  test('default: redrawn in place on a terminal, and gone at the end', () => {
    const { written, at, end } = rehearse(true)
    at(1_200, '10 of 366')
    at(1_400, '9 left')
    end()
    expect(written).toEqual(['\r10 of 366', '\r9 left   ', `\r${' '.repeat(6)}\r`])
  })

  test('behavior: nothing within the first second', () => {
    const { written, at, end } = rehearse(true)
    at(0, 'a')
    at(900, 'b')
    end()
    expect(written).toEqual([])
  })

  test('behavior: a line every few seconds where nothing can be redrawn', () => {
    const { written, at, end } = rehearse(false)
    for (let time = 0; time <= 7_000; time += 100) at(time, `at ${time}`)
    end()
    expect(written).toEqual(['at 1000\n', 'at 4000\n', 'at 7000\n'])
  })
})
