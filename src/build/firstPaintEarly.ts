const chainOf = (content: string | undefined): unknown =>
  (JSON.parse(content ?? '{}') as { chain?: unknown }).chain

/** Put in what a page on another chain says first, before anything below it is drawn. */
export function addNotices(): void {
  const content = document.querySelector<HTMLMetaElement>('meta[name="poolglass"]')?.content
  try {
    const notices = document.querySelector<HTMLTemplateElement>(`template[data-chain="${chainOf(content)}"]`)
    if (notices !== null) document.querySelector('aside')?.replaceChildren(notices.content)
  } catch (error) {
    // The page itself says what is wrong with its configuration.
    if (!(error instanceof SyntaxError)) throw error
  }
}

/** A host or an extension may put scripts of its own beside the page's. */
const isOwnScript = (target: EventTarget | null): boolean =>
  target instanceof HTMLScriptElement &&
  target.type === 'module' &&
  target.src.startsWith(new URL('assets/', document.baseURI).href)

/** A script that cannot be had, or that this browser cannot run, would leave the page reading for ever. */
function tellFailure(root: Element): void {
  const early = root.firstChild
  addEventListener(
    'error',
    ({ target, currentTarget }) => {
      // Once the page is drawn it stands in the place of what was there, and tells of its failures itself.
      if (root.firstChild !== early || !(target === currentTarget || isOwnScript(target))) return
      const note = document.createElement('p')
      note.setAttribute('role', 'alert')
      note.textContent = 'The page could not be loaded. Reload it.'
      root.replaceChildren(note)
    },
    true,
  )
}

/** The content policy lets markup carry no style. */
function setHeights(root: Element): void {
  for (const part of root.querySelectorAll<HTMLElement>('[data-height]'))
    part.style.height = part.dataset['height'] ?? ''
}

/** The page sets the chosen colours when it has drawn; until then those of the system would flash. */
function setTheme(): void {
  try {
    const theme = localStorage.getItem('poolglass:theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme
  } catch (error) {
    // Storage is forbidden in this browser: the system's colours are right.
    if (!(error instanceof DOMException)) throw error
  }
}

const isOverview = (hash: string): boolean => /^#?\/?$/.test(hash)

/** Show the overview as it is before the page's script has come; another page than the overview shows nothing yet. */
export function fitFirstPaint(): void {
  setTheme()
  const root = document.querySelector('#root')
  if (root === null) return
  if (isOverview(location.hash)) setHeights(root)
  else root.replaceChildren()
  tellFailure(root)
}
