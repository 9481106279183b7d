import '../../../src/styles/tokens.css'
import '../../../src/styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../../../src/app/App.tsx'
import { createMeter, type PaintMeter } from './meter.ts'
import { createStillSession } from './stillSession.ts'

declare global {
  interface Window {
    paintMeter?: PaintMeter
  }
}

const { session, queries, points } = await createStillSession()
window.paintMeter = createMeter(
  points,
  () => queries.isFetching({ queryKey: ['history'] }) + queries.isFetching({ queryKey: ['reports'] }),
)
const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App session={session} queries={queries} />
    </StrictMode>,
  )
