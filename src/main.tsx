import './styles/tokens.css'
import './styles/base.css'
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { Connected } from './app/Connected.tsx'
import { askFirst, connect } from './app/connect.ts'
import { keepLater } from './app/keepLater.ts'
import { tellMissingParts } from './app/missingParts.ts'
import { readPageConfig } from './app/pageConfig.ts'

/** A page that was served wrongly says so instead of staying blank. */
function page() {
  try {
    const config = readPageConfig()
    // Endpoints that cannot be asked are found here, where there is a place to say so.
    const connection = connect(config)
    askFirst(connection)
    return <Connected config={config} connection={connection} />
  } catch (error) {
    return <p role="alert">{error instanceof Error ? error.message : String(error)}</p>
  }
}

tellMissingParts()
const root = document.getElementById('root')
// In small steps: the page is seen already, and whoever touches it is not kept waiting.
if (root !== null) {
  const whole = <StrictMode>{page()}</StrictMode>
  startTransition(() => createRoot(root).render(whole))
}
keepLater()
