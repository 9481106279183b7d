import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { App, createQueries } from '../app/App.tsx'
import { createSession } from '../app/createSession.ts'
import { type PageConfig, parsePageConfig } from '../app/pageConfig.ts'

/** Where the script that chooses among the notices belongs: behind them, and before all that they push down. */
const NOTICES_SCRIPT = '<script data-notices=""></script>'

function draw(config: PageConfig): HTMLElement {
  const root = document.createElement('div')
  const app = <App session={createSession(config)} queries={createQueries()} />
  flushSync(() => createRoot(root).render(app))
  return root
}

/** Keep what a page on another chain says first, for the page to put in its place. */
function noticesOf(chain: 'embedded' | 'local'): string {
  const exampleWallet = chain === 'embedded' ? '0x' : undefined
  const aside = draw({ ...parsePageConfig(undefined), chain, exampleWallet }).querySelector('aside')
  return `<template data-chain="${chain}">${aside?.innerHTML}</template>`
}

/** Draw the overview as it is before anything has been read. @returns its markup */
export function drawPending(): string {
  const root = draw(parsePageConfig(undefined))
  // Whom the page asks and what it keeps are below the first screen, and depend on the reader.
  root.querySelector('footer')?.remove()
  const notices = `${noticesOf('embedded')}${noticesOf('local')}${NOTICES_SCRIPT}`
  root.querySelector('aside')?.insertAdjacentHTML('afterend', notices)
  return root.innerHTML
}
