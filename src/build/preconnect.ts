import { join } from 'node:path'
import type { Plugin } from 'vite'
import { chooseEndpoints } from '../chain/chooseEndpoints.ts'
import { PUBLIC_ENDPOINTS } from '../chain/endpoints.ts'
import { NO_SETTINGS } from '../store/endpointSettings.ts'
import { afterCharset } from './afterCharset.ts'
import { compileScript } from './compileScript.ts'
import { isOwnRoot } from './ownRoot.ts'

const ENTRY = join(import.meta.dirname, 'preconnectScript.ts')

/** Name whom the page asks first for the newest block where the reader has chosen nothing. */
export const firstEndpoint = (): string | undefined =>
  chooseEndpoints(PUBLIC_ENDPOINTS, NO_SETTINGS).used.find(({ roles }) => roles.includes('head'))?.url

/** Put the script in front of the style sheet, which would hold it up. The content policy has to come after it. */
export function preconnect(): Plugin {
  let isOwnPage = false
  return {
    name: 'preconnect',
    apply: 'build',
    configResolved: ({ root }) => {
      isOwnPage = isOwnRoot(root)
    },
    transformIndexHtml: {
      order: 'post',
      handler: async html => {
        const url = firstEndpoint()
        if (!isOwnPage || url === undefined) return html
        return afterCharset(html, `<script>${await compileScript(ENTRY, { FIRST_ENDPOINT: url })}</script>`)
      },
    },
  }
}
