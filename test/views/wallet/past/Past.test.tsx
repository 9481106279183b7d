import { cleanup, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, describe, expect, test } from 'vitest'
import { ArchiveUnavailable } from '../../../../src/chain/errors.ts'
import { WAD } from '../../../../src/math/fixedPoint.ts'
import { tokenPools } from '../../../../src/pools/index.ts'
import { readBalance } from '../../../../src/pools/infrastructure.ts'
import { rocketPool } from '../../../../src/pools/rocketPool.ts'
import { walletAssets } from '../../../../src/pools/walletAssets.ts'
import { encodeWord } from '../../../../src/pools/words.ts'
import { Past } from '../../../../src/views/wallet/past/Past.tsx'
import { stubSize } from '../../support/browser.ts'
import { renderPage } from '../../support/render.tsx'
import { ACCOUNT, createWorld, OPERATOR, type World } from '../../support/world.ts'

const wordsOf = (count: number): `0x${string}` => `0x${encodeWord(0n).repeat(count)}`

/** A wallet that got ten rETH in block 770, on a chain of a block a day whose head is block 800. */
function createHolder(): World {
  const world = createWorld()
  for (const { units, rate, kind } of walletAssets(tokenPools)) {
    for (const read of units.reads(ACCOUNT)) world.record(read, wordsOf(read.words))
    if (rate !== undefined && kind === 'rebasing') world.record(rate.read, (12n * WAD) / 10n)
  }
  world.record(readBalance(rocketPool.token.address, ACCOUNT), block => (block < 770n ? 0n : 10n * WAD))
  return world
}

/** The world's client, which knows no code: Multicall3 is there from block 1 on. */
function withCode({ session: { client } }: World): World['session']['client'] {
  const ask: typeof client.ask = async question => {
    const { method, read, params } = question
    if (method !== 'eth_getCode') return client.ask(question)
    return {
      value: read(params[1] === '0x0' ? '0x' : '0x01', OPERATOR),
      operator: OPERATOR,
      url: 'http://test',
    }
  }
  return { ...client, ask }
}

function renderPast(world: World = createHolder(), client = withCode(world)) {
  renderPage(<Past accounts={[ACCOUNT]} />, { world: { ...world, session: { ...world.session, client } } })
  return { world, client, user: userEvent.setup() }
}
const isOld = ({ role, block }: World['asked'][number]): boolean => role === 'wallet' && block !== undefined

beforeEach(stubSize)

describe('Past', () => {
  test('default: it is read by itself where the endpoint keeps old state, and only that one is asked', async () => {
    const { world } = renderPast()
    expect(await screen.findByText('The wallet’s past has been read.')).toBeDefined()
    // Ten at the rate of block 770 or of the one before it, which balances alone do not tell.
    expect(screen.getByText(/^Earned since/).closest('div')?.textContent).toContain(
      'Earned since Jul 28, 2026: 0.0305 ± 0.0005ETH≈ $61.00',
    )
    expect(world.asked.every(({ role }) => role === 'wallet')).toBe(true)
  })

  test('behavior: leaving the page ends the reading; coming back goes on', async () => {
    const world = createHolder()
    let answered = 0
    world.hold = question => {
      if (!isOld(question)) return false
      answered += 1
      return answered > 20
    }
    const { client } = renderPast(world)
    expect(await screen.findByRole('button', { name: 'Stop' })).toBeDefined()
    await waitFor(() => expect(world.asked.filter(isOld).length).toBeGreaterThan(20))
    cleanup()
    const before = world.asked.filter(isOld)
    expect(before.at(-1)?.signal?.aborted).toBe(true)
    world.release()
    renderPast(world, client)
    expect(await screen.findByText('The wallet’s past has been read.')).toBeDefined()
    const blocks = world.asked.filter(isOld).map(({ block }) => block)
    // What was answered before is not asked again.
    expect(blocks.filter(block => block === before[5]?.block)).toHaveLength(1)
  })

  test('behavior: an endpoint without old state is not asked for it', async () => {
    const world = createHolder()
    const client = withCode(world)
    const [endpoint] = client.endpoints
    if (endpoint === undefined) throw new TypeError('the world has no endpoint')
    const poor: typeof endpoint = { ...endpoint, roles: ['head', 'wallet'] }
    const others = [
      { ...endpoint, url: 'http://b', operator: 'B' },
      { ...poor, url: 'http://c', operator: 'C' },
      { ...endpoint, url: 'http://d', operator: 'D', roles: ['head', 'archive'] as const },
    ]
    renderPast(world, { ...client, endpoints: [poor, ...others], walletEndpoint: poor })
    expect(await screen.findByText(/keeps no old state/)).toBeDefined()
    // Of the others one keeps none either, and one may see no wallet.
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'Show it to B instead',
    ])
    await waitFor(() => expect(world.asked).toHaveLength(1))
    // Time enough for a question to follow the holdings.
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(world.asked.filter(isOld)).toEqual([])
    expect(screen.queryByText(/keeps no old state/)).not.toBeNull()
  })

  test('error: ArchiveUnavailable is told, and can be tried again', async () => {
    const world = createHolder()
    world.refuse = question => (isOld(question) ? new ArchiveUnavailable('keeps no state so old') : undefined)
    const { user } = renderPast(world)
    expect((await screen.findByRole('alert')).textContent).toContain('Could not read the wallet’s past')
    world.refuse = () => undefined
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('The wallet’s past has been read.')).toBeDefined()
  })
})
