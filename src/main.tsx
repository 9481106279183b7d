import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App, createQueries } from './app/App.tsx'
import { createSession } from './app/createSession.ts'
import { readPageConfig } from './app/pageConfig.ts'

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App session={createSession(readPageConfig())} queries={createQueries()} />
    </StrictMode>,
  )
}
