export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const THEME_KEY = 'poolglass:theme'

/** Read the chosen colours; the system's where nothing valid is stored or storage is forbidden. */
export function loadTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY)
    return THEMES.find(theme => theme === stored) ?? 'system'
  } catch {
    // Storage is forbidden in this browser: the system's colours are right.
    return 'system'
  }
}

/** Keep the chosen colours. @returns whether the browser kept them */
export function saveTheme(theme: Theme): boolean {
  try {
    localStorage.setItem(THEME_KEY, theme)
    return true
  } catch {
    // Storage is forbidden or full: the choice lasts as long as the page.
    return false
  }
}
