import { fitFirstPaint } from './firstPaintEarly.ts'

fitFirstPaint()
