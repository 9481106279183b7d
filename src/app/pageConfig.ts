/** What the page was started on: given by `npm start` in a meta tag, absent on a plain static host. */
export type PageConfig = {
  readonly chain: 'mainnet' | 'local' | 'embedded'
  /** Endpoints to use instead of the public ones. */
  readonly rpc: readonly string[] | undefined
  /** Spacing of samples in blocks. */
  readonly grid: bigint | undefined
  readonly exampleWallet: string | undefined
}

/** The page's own configuration cannot be read: whoever serves it has to mend it. */
export class BrokenPageConfig extends Error {
  override readonly name = 'BrokenPageConfig'
  constructor(cause: unknown) {
    super('The page was served with a configuration that cannot be read. Start it again with npm start.', {
      cause,
    })
  }
}

const MAINNET: PageConfig = { chain: 'mainnet', rpc: undefined, grid: undefined, exampleWallet: undefined }

/**
 * Parse the content of the page's meta tag; without one it is a plain mainnet page.
 * @throws BrokenPageConfig
 */
export function parsePageConfig(content: string | undefined): PageConfig {
  if (content === undefined) return MAINNET
  try {
    const { chain, rpc, grid, exampleWallet } = JSON.parse(content) as Record<string, unknown>
    return {
      chain: chain === 'embedded' || chain === 'local' ? chain : 'mainnet',
      rpc: Array.isArray(rpc) ? rpc.filter(url => typeof url === 'string') : undefined,
      grid: typeof grid === 'string' ? BigInt(grid) : undefined,
      exampleWallet: typeof exampleWallet === 'string' ? exampleWallet : undefined,
    }
  } catch (error) {
    throw new BrokenPageConfig(error)
  }
}

const pageMeta = (): HTMLMetaElement | null => document.querySelector('meta[name="poolglass"]')

/** Whether somebody's server said what the page runs on; a plain static host does not. */
export const hasPageConfig = (): boolean => pageMeta() !== null

/** Read the configuration of this page. @throws BrokenPageConfig */
export const readPageConfig = (): PageConfig => parsePageConfig(pageMeta()?.content)
