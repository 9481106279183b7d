import { addNotices } from './firstPaintEarly.ts'

addNotices()
