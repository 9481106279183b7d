import type { Locator, Page } from 'playwright-core'

/** More stops than any page has. */
const MOST_STOPS = 320

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate(element => element === document.activeElement)

/** The keyboard alone does not reach what it should. */
class NotReachable extends Error {
  override readonly name = 'NotReachable'
  constructor(target: Locator) {
    super(`${MOST_STOPS} presses of Tab do not reach ${target}`)
  }
}

/** Move the focus to an element with Tab, or Shift+Tab, alone. @throws NotReachable */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await hasFocus(target)) return
    await page.keyboard.press(key)
  }
  throw new NotReachable(target)
}

/** Pass the table of pools by, as the button before it lets the keyboard do: its figures are two hundred stops. */
export async function skipTable(page: Page): Promise<void> {
  const skip = page.getByRole('button', { name: 'Skip to the chart' })
  await skip.focus()
  await page.keyboard.press('Enter')
}

/** Choose an option of a group of radio buttons with Tab and the arrow keys. @throws NotReachable */
export async function choose(page: Page, group: string, option: string): Promise<void> {
  const options = page.getByRole('group', { name: group, exact: true })
  const wanted = options.getByRole('radio', { name: option, exact: true })
  await tabTo(page, options.getByRole('radio', { checked: true }))
  for (let step = 0; step < (await options.getByRole('radio').count()); step += 1) {
    if (await wanted.isChecked()) return
    await page.keyboard.press('ArrowRight')
  }
  throw new NotReachable(wanted)
}
