import { useEffect } from 'react'

/**
 * Name the page in its tab, in bookmarks and in the history; leaving it gives the first page's words back. All of these
 * are kept on the disk and sent to other devices, so no title holds what somebody pasted.
 */
export function useTitle(title: string, description: string): void {
  useEffect(() => {
    const meta = document.querySelector<HTMLMetaElement>('meta[name="description"]')
    const usual = { title: document.title, description: meta?.content ?? '' }
    const put = (words: typeof usual): void => {
      document.title = words.title
      if (meta !== null) meta.content = words.description
    }
    put({ title: `${title} · Poolglass`, description })
    return () => put(usual)
  }, [title, description])
}
