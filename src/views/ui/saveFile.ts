/** Milliseconds after which every browser has begun to save. */
const LONG_ENOUGH = 60_000

/** Let the browser save a text or a picture as a file. It is made here and sent nowhere. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), LONG_ENOUGH)
}
