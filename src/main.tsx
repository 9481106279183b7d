import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Connected } from './app/Connected.tsx'
import { createSession } from './app/createSession.ts'
import { readPageConfig } from './app/pageConfig.ts'

/** A page that was served wrongly says so instead of staying blank. */
function page() {
  try {
    const config = readPageConfig()
    // Endpoints that cannot be asked are found here, where there is a place to say so.
    createSession(config)
    return <Connected config={config} />
  } catch (error) {
    return <p role="alert">{error instanceof Error ? error.message : String(error)}</p>
  }
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<StrictMode>{page()}</StrictMode>)
