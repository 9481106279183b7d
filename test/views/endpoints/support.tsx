import { type RenderResult, render } from '@testing-library/react'
import { type UserEvent, userEvent } from '@testing-library/user-event'
import { type ReactNode, useMemo, useState } from 'react'
import { vi } from 'vitest'
import { createSession, createVisit } from '../../../src/app/createSession.ts'
import type { PageConfig } from '../../../src/app/pageConfig.ts'
import type { LedgerEntry } from '../../../src/queries/endpoints.ts'
import { type Session, SessionContext } from '../../../src/queries/session.ts'
import { type EndpointSettings, NO_SETTINGS } from '../../../src/store/endpointSettings.ts'

/** What nodes answer, by URL and method; a status other than 200 for a refusal. */
type Reply = { readonly result: unknown } | { readonly status: number; readonly body: string } | 'hang'

export type Network = {
  readonly asked: { readonly url: string; readonly method: string; readonly signal: AbortSignal }[]
  /** Answer otherwise than a healthy local node would. */
  reply: (url: string, method: string) => Reply | undefined
}

const healthy: Readonly<Record<string, unknown>> = {
  eth_chainId: '0x7a69',
  eth_getBlockByNumber: { number: '0x64', timestamp: '0x6ab00000', hash: `0x${'ab'.repeat(32)}` },
  eth_getLogs: [{}],
}

const until = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

/** Put a network of healthy local nodes under the page: the only thing that is not real. */
export function stubNetwork(): Network {
  const network: Network = { asked: [], reply: () => undefined }
  vi.stubGlobal('fetch', async (url: string, { body, signal }: { body: string; signal: AbortSignal }) => {
    const { method } = JSON.parse(body) as { readonly method: string }
    network.asked.push({ url, method, signal })
    const reply = network.reply(url, method) ?? { result: healthy[method] }
    if (reply === 'hang') return until(signal)
    if ('status' in reply) return new Response(reply.body, { status: reply.status })
    return new Response(JSON.stringify({ jsonrpc: '2.0', id: 1, result: reply.result }))
  })
  return network
}

export const [A, B, OWN] = ['http://127.0.0.1:1001', 'http://127.0.0.1:1002', 'http://127.0.0.1:1003']
export const LOCAL: PageConfig = { chain: 'local', rpc: [A, B], grid: 1n, exampleWallet: undefined }
export const MAINNET: PageConfig = { ...LOCAL, chain: 'mainnet', rpc: undefined, grid: undefined }

type Page = RenderResult & { readonly user: UserEvent; readonly session: () => Session }

/** Render a part of the panel on a session that connects anew with every choice, as the page does. */
export function renderConnected(
  ui: ReactNode,
  config: PageConfig = LOCAL,
  chosen: Partial<EndpointSettings> = {},
): Page {
  const visit = createVisit()
  const current: { session?: Session } = {}
  function Connected() {
    const [settings, onChoice] = useState<EndpointSettings>({ ...NO_SETTINGS, ...chosen })
    const session = useMemo(() => createSession(config, { settings, onChoice, visit }), [settings])
    current.session = session
    return <SessionContext value={session}>{ui}</SessionContext>
  }
  const view = render(<Connected />)
  const session = (): Session => {
    if (current.session === undefined) throw new TypeError('Nothing is rendered.')
    return current.session
  }
  return { ...view, user: userEvent.setup(), session }
}

export const requestOf = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: 1_790_000_000_123,
  operator: 'A',
  url: 'https://a.example/v1/secret-key',
  method: 'eth_call',
  bytesOut: 1_500,
  bytesIn: 2_500,
  took: 84.6,
  outcome: 'answered',
  carriesAddress: false,
  ...change,
})
