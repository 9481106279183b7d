import { useQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { ArchiveUnavailable, MethodUnavailable, RateLimited } from '../../../src/chain/errors.ts'
import { headerHash } from '../../../src/chain/headerHash.ts'
import { formatExact } from '../../../src/format/number.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { readBalance } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { liveQuery } from '../../../src/queries/live.ts'
import { useSession } from '../../../src/queries/session.ts'
import { useSettledLive } from '../../../src/queries/settledLive.ts'
import type { ReceiptBook } from '../../../src/views/receipt/book.ts'
import type { Receipt } from '../../../src/views/receipt/receipt.ts'
import { Figure, UnknownFigure } from '../../../src/views/ui/Figure.tsx'
import { WalletPage } from '../../../src/views/wallet/WalletPage.tsx'
import { stubDialog } from '../support/browser.ts'
import { livePoolOf, readLive, thirtyDays } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { headerAnswer } from '../support/state.ts'
import { ACCOUNT, createWorld, HEAD, OPERATOR, rateOf, timeOf, type World } from '../support/world.ts'

const RATE = rateOf(rocketPool)(HEAD)
const isHeader = ({ method }: { readonly method: string }): boolean => method === 'eth_getBlockByNumber'
const headersAsked = ({ asked }: World): (bigint | undefined)[] =>
  asked.filter(isHeader).map(({ block }) => block)

/** The hash of a block of the world, by its fields. */
const hashOf = (block: bigint): string =>
  headerAnswer({
    block,
    time: timeOf(block),
    parentHash: `0x${(block - 1n).toString(16).padStart(64, '0')}`,
    rate: rateOf(rocketPool)(block),
  }).hash

/** Open a receipt that is made from the live figures of a world. */
async function openReceipt(
  world: World,
  make: (book: ReceiptBook, live: Awaited<ReturnType<typeof readLive>>) => Receipt,
) {
  stubDialog()
  const live = await readLive(world)
  const page = renderPage(
    <Figure receipt={book => make(book, live)} exact="">
      figure
    </Figure>,
    { world },
  )
  await page.user.click(screen.getByRole('button', { name: 'figure' }))
  const dialog = await screen.findByRole('dialog')
  await within(dialog).findByRole('heading', { level: 2, name: /:/ })
  return { ...page, dialog, live }
}

const rateReceipt = (book: ReceiptBook, live: Awaited<ReturnType<typeof readLive>>): Receipt =>
  book.rateReceipt(live, livePoolOf(live, 'rocket-pool'))
const openRate = (world: World) => openReceipt(world, rateReceipt)
const again = (name: RegExp | string = /^Read it again/) => screen.findByRole('button', { name })
const who = (): string => screen.getByRole('region', { name: 'Who gave it' }).textContent

describe('the hash of a block', () => {
  test('default: recomputed from the header, read once and only while the receipt is open', async () => {
    const world = createWorld()
    const { user, dialog } = await openRate(world)
    expect(await within(dialog).findByText(/recomputed from the header that Test node gave/)).toBeDefined()
    expect(within(dialog).getByText(hashOf(HEAD))).toBeDefined()
    expect(headersAsked(world)).toEqual([HEAD])
    await user.click(within(dialog).getByRole('button', { name: 'Close' }))
    expect(dialog.textContent).not.toContain(hashOf(HEAD))
    await user.click(screen.getByRole('button', { name: 'figure' }))
    expect(await within(dialog).findByText(hashOf(HEAD))).toBeDefined()
    expect(headersAsked(world)).toEqual([HEAD])
  })

  test('behavior: one request for each block, however many calls it has', async () => {
    const world = createWorld()
    await openReceipt(world, (book, live) => book.supplyReceipt(live, livePoolOf(live, 'rocket-pool')))
    expect(await screen.findAllByText(hashOf(HEAD))).toHaveLength(2)
    expect(headersAsked(world)).toEqual([HEAD])
  })

  test('behavior: until it is there it says so, and it is let go with the receipt', async () => {
    const world = createWorld()
    world.hold = isHeader
    const { user, dialog } = await openRate(world)
    expect(await within(dialog).findByText('reading the header…')).toBeDefined()
    const asked = world.asked.find(isHeader)
    expect(asked?.signal?.aborted).toBe(false)
    await user.click(within(dialog).getByRole('button', { name: 'Close' }))
    expect(asked?.signal?.aborted).toBe(true)
  })

  test('error: HeaderInvalid is said in words, and no hash is shown', async () => {
    const world = createWorld()
    world.tamper = (question, result) =>
      isHeader(question) ? { ...(result as object), gasUsed: '0x1' } : result
    const { dialog } = await openRate(world)
    expect(await within(dialog).findByText(/Test node sent a header that does not hold/)).toBeDefined()
    expect(within(dialog).queryByText(/^0x[0-9a-f]{64}$/)?.textContent).not.toBe(hashOf(HEAD))
    expect(within(dialog).queryByText(/recomputed from/)).toBeNull()
  })

  test('behavior: a header of another time is of another block: it says so, and shows no hash', async () => {
    const world = createWorld()
    world.tamper = (question, result) => {
      if (!isHeader(question)) return result
      const header = { ...(result as object), timestamp: '0x64' }
      return { ...header, hash: headerHash(header) }
    }
    const { dialog } = await openRate(world)
    const refusal = await within(dialog).findByText(/they are different blocks, so no hash is shown/)
    expect(refusal.textContent).toContain('that Test node gave is of 1970-01-01 00:01 UTC')
    expect(refusal.textContent).toContain('2026-08-27 12:00 UTC')
    expect(within(dialog).queryByText(/recomputed from/)).toBeNull()
  })

  test('error: ArchiveUnavailable gives its reason, and can be tried again', async () => {
    const world = createWorld()
    world.refuse = question =>
      isHeader(question) ? new ArchiveUnavailable('does not keep it', { operator: OPERATOR }) : undefined
    const { user, dialog } = await openRate(world)
    expect(await within(dialog).findByText(/not known: Test node does not keep it\./)).toBeDefined()
    world.refuse = () => undefined
    await user.click(within(dialog).getByRole('button', { name: 'Try again' }))
    expect(await within(dialog).findByText(hashOf(HEAD))).toBeDefined()
  })
})

describe('who gave it', () => {
  test('default: one operator, and nobody else to ask', async () => {
    await openRate(createWorld())
    await waitFor(() => expect(who()).toBe('Only Test node has been asked.'))
    expect(screen.getByText('Nobody else is left to ask.')).toBeDefined()
    expect(screen.queryByRole('button', { name: /Read it again/ })).toBeNull()
    expect(document.body.textContent).not.toMatch(/verified/i)
  })

  test('behavior: another gives the same by the block’s hash, then a third, then nobody is left', async () => {
    const world = createWorld({ others: ['Second', 'Third'] })
    const { user, dialog } = await openRate(world)
    await within(dialog).findByText(hashOf(HEAD))
    await user.click(await again())
    await waitFor(() => expect(who()).toBe('Test node and Second gave the same.'))
    expect(dialog.textContent).toContain('Second, the same, asked again by the block’s hash: 0x')
    expect(world.asked.at(-1)).toMatchObject({ operator: 'Second', isByHash: true, role: 'head' })
    await user.click(await again('Read it again from one more operator'))
    await waitFor(() => expect(who()).toBe('Test node, Second and Third gave the same.'))
    expect(world.asked.at(-1)).toMatchObject({ operator: 'Third' })
    expect(screen.getByText(/^Nobody else is left to ask: every operator/)).toBeDefined()
  })

  test('behavior: another says something else: both values, raw and read, and who', async () => {
    const world = createWorld({ others: ['Second'] })
    world.claim('Second', rocketPool.rate, 2n * WAD)
    const { user, dialog } = await openRate(world)
    await user.click(await again())
    await waitFor(() => expect(who()).toMatch(/^Test node and Second differ: /))
    expect(who()).toContain(`Test node says ${formatExact(RATE, 0)} = 1.103 × 10¹⁸`)
    expect(who()).toContain('Second says 2,000,000,000,000,000,000 = 2 × 10¹⁸')
    expect(dialog.textContent).toMatch(/Second, different, asked again by the block’s (hash|number): 0x/)
    expect(within(dialog).getByText(`0x${(2n * WAD).toString(16).padStart(64, '0')}`)).toBeDefined()
    expect(within(dialog).getByText(`0x${RATE.toString(16).padStart(64, '0')}`)).toBeDefined()
  })

  test('behavior: where nobody can, why, and another try', async () => {
    const world = createWorld({ others: ['Second'] })
    const { user } = await openRate(world)
    world.refuse = ({ operator }) =>
      operator === 'Second' ? new RateLimited('wants fewer requests', { operator }) : undefined
    await user.click(await again())
    expect(await screen.findByText(/Nobody could read it again: Second wants fewer requests\./)).toBeDefined()
    world.refuse = () => undefined
    await user.click(await again())
    await waitFor(() => expect(who()).toBe('Test node and Second gave the same.'))
    expect(screen.queryByText(/Nobody could read it again/)).toBeNull()
  })

  test('behavior: by the keyboard; the focus stays where it was, and a second press meanwhile does nothing', async () => {
    const world = createWorld({ others: ['Second', 'Third'] })
    const { user } = await openRate(world)
    world.hold = ({ operator }) => operator === 'Second'
    const button = await again()
    button.focus()
    await user.keyboard('{Enter}{Enter}')
    expect(document.activeElement).toBe(button)
    expect(button.textContent).toBe('Asking…')
    world.release()
    await waitFor(() => expect(who()).toBe('Test node and Second gave the same.'))
    expect(document.activeElement).toBe(button)
    // What names no wallet may be asked of anybody.
    const seen = world.asked.filter(({ operator, role }) => operator === 'Third' && role === 'wallet')
    expect(seen).toEqual([])
  })

  test('behavior: closing the receipt leaves what is being asked', async () => {
    const world = createWorld({ others: ['Second'] })
    const { user, dialog } = await openRate(world)
    world.hold = ({ operator }) => operator === 'Second'
    await user.click(await again())
    await waitFor(() => expect(world.asked.at(-1)?.operator).toBe('Second'))
    const asked = world.asked.at(-1)
    await user.click(within(dialog).getByRole('button', { name: 'Close' }))
    expect(asked?.signal?.aborted).toBe(true)
  })

  test('behavior: calls of two blocks by two operators are asked of others than their own', async () => {
    const world = createWorld({ others: ['Second'] })
    const operators = new Map([
      [10n, OPERATOR],
      [40n, 'Second'],
    ])
    const { user } = await openReceipt(world, book =>
      book.yieldReceipt({ pool: rocketPool, result: thirtyDays(), measure: 'apy', source: operators }),
    )
    expect(who()).toBe(
      'R₁, the rate at the start: Only Test node has been asked.R₂, the rate at the end: Only Second has been asked.',
    )
    await user.click(await again())
    await waitFor(() =>
      expect(world.asked.filter(({ method }) => method === 'eth_call').slice(-2)).toMatchObject([
        { operator: 'Second', block: 10n },
        { operator: OPERATOR, block: 40n },
      ]),
    )
  })

  test('behavior: two calls are shown whole', async () => {
    await openReceipt(createWorld(), (book, live) =>
      book.supplyReceipt(live, livePoolOf(live, 'rocket-pool')),
    )
    expect(screen.getAllByText('Call data')).toHaveLength(2)
    expect(document.querySelectorAll('details')).toHaveLength(0)
  })

  test('behavior: more are folded, and one about which operators differ is opened', async () => {
    const world = createWorld({ others: ['Second'] })
    world.claim('Second', rocketPool.rate, 2n * WAD)
    const { user } = await openReceipt(world, (book, live) =>
      book.premiumReceipt(live, livePoolOf(live, 'rocket-pool'), 0n),
    )
    const folded = document.querySelectorAll('details')
    expect([...folded].map(({ open }) => open)).toEqual([false, false, false])
    await user.click(await again())
    await waitFor(() => expect([...folded].map(({ open }) => open)).toEqual([false, false, true]))
    expect(who()).toMatch(/^Chainlink rETH\/ETH, Decimals of the feed: .* gave the same\.Rate: .* differ/)
  })
})

describe('what was settled about the headline figures', () => {
  function Live() {
    const { live, agreement } = useSettledLive()
    const { data } = live
    if (data === undefined || agreement === undefined) return null
    const own = livePoolOf(data, 'rocket-pool')
    return own.reading.state === 'unknown' ? (
      <UnknownFigure why={own.reading.why} />
    ) : (
      <Figure receipt={book => book.rateReceipt(data, own)} exact="">
        rate
      </Figure>
    )
  }

  test('default: two operators gave the same, and nobody is asked for that', async () => {
    stubDialog()
    const world = createWorld({ others: ['Second'] })
    const { user } = renderPage(<Live />, { world })
    await user.click(await screen.findByRole('button', { name: 'rate' }))
    await waitFor(() => expect(who()).toBe('Test node and Second gave the same.'))
    await screen.findByText(hashOf(HEAD))
    expect(world.asked.filter(({ method }) => method === 'eth_call')).toHaveLength(2)
    // The reader may still ask: there its bytes are seen.
    await user.click(await again())
    await screen.findByText(/Second, the same, asked again/)
  })

  test('behavior: a receipt asks nobody for it', async () => {
    stubDialog()
    const world = createWorld({ others: ['Second'] })
    function Unsettled() {
      const { data } = useQuery(liveQuery(useSession()))
      if (data === undefined) return null
      return (
        <Figure receipt={book => book.rateReceipt(data, livePoolOf(data, 'rocket-pool'))} exact="">
          rate
        </Figure>
      )
    }
    const { user } = renderPage(<Unsettled />, { world })
    await user.click(await screen.findByRole('button', { name: 'rate' }))
    await screen.findByText(hashOf(HEAD))
    expect(who()).toBe('Only Test node has been asked.')
    expect(world.asked.map(({ method }) => method)).toEqual(['eth_call', 'eth_getBlockByNumber'])
  })

  test('behavior: where they differ, what each says of which pool', async () => {
    stubDialog()
    const world = createWorld({ others: ['Second'] })
    world.claim('Second', rocketPool.rate, 2n * WAD)
    const { user } = renderPage(<Live />, { world })
    await user.click(await screen.findByRole('button', { name: /not known/ }))
    const claims = await screen.findByRole('region', { name: 'What operators say of Rocket Pool' })
    expect(
      within(claims)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Test node says rate 1.103 ETH, supply 441,200 ETH',
      'Second says rate 2 ETH, supply 800,000 ETH',
    ])
    expect(screen.queryByRole('region', { name: /say of Lido/ })).toBeNull()
  })
})

describe('a wallet’s receipt', () => {
  async function openBalance(world: World) {
    stubDialog()
    world.record(readBalance(rocketPool.token.address, ACCOUNT), 10n * WAD)
    const page = renderPage(<WalletPage text={ACCOUNT} />, { world })
    await page.user.click(await screen.findByRole('button', { name: '10.0000rETH' }))
    await again()
    return page
  }
  const toSecond = ({ asked }: World) =>
    asked.filter(({ operator, role }) => operator === 'Second' && role === 'wallet')

  test('default: another operator is asked only after a word about who sees the address', async () => {
    const world = createWorld({ others: ['Second'] })
    const { user } = await openBalance(world)
    const button = await again('Read it again from another operator, which will see the address')
    await user.click(button)
    expect(screen.getByText(new RegExp(`^Second will see the address ${ACCOUNT}`))).toBeDefined()
    expect(button.getAttribute('aria-expanded')).toBe('true')
    await user.click(screen.getByRole('button', { name: 'Leave it' }))
    expect(screen.queryByText(/^Second will see/)).toBeNull()
    expect(document.activeElement).toBe(button)
    expect(toSecond(world)).toEqual([])
    await user.click(button)
    await user.click(screen.getByRole('button', { name: 'Let Second see it' }))
    await waitFor(() => expect(who()).toBe('Test node and Second gave the same.'))
    expect(toSecond(world)).toMatchObject([{ role: 'wallet' }])
  })

  test('behavior: each operator is agreed to by itself', async () => {
    const world = createWorld({ others: ['Second', 'Third'] })
    const { user } = await openBalance(world)
    world.refuse = ({ operator }) =>
      operator === 'Second' ? new RateLimited('wants fewer requests', { operator }) : undefined
    await user.click(await again())
    await user.click(screen.getByRole('button', { name: 'Let Second see it' }))
    expect(await screen.findByText(/Nobody could read it again: Second wants fewer/)).toBeDefined()
    const seen = world.asked.filter(({ operator, role }) => operator === 'Third' && role === 'wallet')
    expect(seen).toEqual([])
  })
})

describe('Prove it', () => {
  const prove = () => screen.findByRole('button', { name: 'Prove it: Rate' })

  test('default: the rate from the state root, and whose hash that is', async () => {
    const world = createWorld({ others: ['Second'] })
    const { user, dialog } = await openRate(world)
    expect(world.asked.some(({ method }) => method === 'eth_getProof')).toBe(false)
    await user.click(await prove())
    expect(await within(dialog).findByText('Proven from block 800’s state root:')).toBeDefined()
    expect(dialog.textContent).toContain('total ether 1,103supply 1,000')
    expect(dialog.textContent).toContain('1.103, the same as the rate above.')
    expect(dialog.textContent).toContain(`${hashOf(HEAD)} is one that Test node and Second agree on.`)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('behavior: with one operator the hash is its word alone', async () => {
    const { user, dialog } = await openRate(createWorld())
    await user.click(await prove())
    await within(dialog).findByText(/^Proven from/)
    expect(dialog.textContent).toContain('only Test node gave it.')
    expect(dialog.textContent).not.toContain('agree on')
  })

  test('behavior: a rate that the state contradicts is said so loudly', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, RATE + 1n)
    const { user } = await openRate(world)
    await user.click(await prove())
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('proves 1.103, and 1.103000000000000001 is shown')
    expect(screen.queryByText(/^Proven from/)).toBeNull()
  })

  test('behavior: where another operator has another block, nothing is proven', async () => {
    const world = createWorld({ others: ['Second'] })
    world.tamper = (question, result) => {
      if (!isHeader(question) || question.operator !== 'Second') return result
      const header = { ...(result as object), gasUsed: '0x1' }
      return { ...header, hash: headerHash(header) }
    }
    const { user } = await openRate(world)
    await user.click(await prove())
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('Test node and Second have different blocks 800')
    expect(alert.textContent).toContain(hashOf(HEAD))
    expect(screen.queryByText(/^Proven from/)).toBeNull()
  })

  test('error: MethodUnavailable is no more than “not offered here”', async () => {
    const world = createWorld({ others: ['Second'] })
    world.refuse = ({ method, operator }) =>
      method === 'eth_getProof' ? new MethodUnavailable('does not offer it', { operator }) : undefined
    const { user } = await openRate(world)
    await user.click(await prove())
    expect(await screen.findByText('Proofs are not offered here.')).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.queryByRole('button', { name: /Prove it/ })).toBeNull()
  })

  test('error: ProofInvalid names who sent what does not hold', async () => {
    const world = createWorld()
    world.tamper = ({ method }, result) =>
      method === 'eth_getProof' ? { ...(result as object), accountProof: [] } : result
    const { user } = await openRate(world)
    await user.click(await prove())
    expect(await screen.findByText(/Test node sent a proof that does not hold/)).toBeDefined()
    expect(screen.queryByText(/^Proven from/)).toBeNull()
  })

  test('error: RateLimited can be tried again', async () => {
    const world = createWorld()
    world.refuse = ({ method, operator }) =>
      method === 'eth_getProof' ? new RateLimited('wants fewer requests', { operator }) : undefined
    const { user } = await openRate(world)
    await user.click(await prove())
    expect(await screen.findByText(/Not proven: Test node wants fewer requests/)).toBeDefined()
    world.refuse = () => undefined
    await user.click(await prove())
    expect(await screen.findByText(/^Proven from/)).toBeDefined()
  })

  test('behavior: nothing else can be proven', async () => {
    await openReceipt(createWorld(), (book, live) => book.rateReceipt(live, livePoolOf(live, lido.id)))
    expect(screen.queryByRole('button', { name: /Prove it/ })).toBeNull()
  })
})
