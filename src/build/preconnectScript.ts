import { preconnectEarly } from './preconnectEarly.ts'

/** Put in its place at build. */
declare const FIRST_ENDPOINT: string

preconnectEarly(FIRST_ENDPOINT)
