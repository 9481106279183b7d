import { join } from 'node:path'

/** Folder of the repository. */
export const ROOT = join(import.meta.dirname, '../..')

/** Whether the page that is built is this one: a bench builds others with the same configuration. */
export const isOwnRoot = (root: string): boolean => root === ROOT.replaceAll('\\', '/')
