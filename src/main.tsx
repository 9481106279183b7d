import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root to mount the page on')

createRoot(root).render(
  <StrictMode>
    <main />
  </StrictMode>,
)
