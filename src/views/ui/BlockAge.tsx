import { formatAge } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import { useNow } from './useNow.ts'

/** How long ago a block was. It counts by itself: what stands around it is not drawn anew. */
export const BlockAge = ({ time }: { readonly time: Seconds }) => `${formatAge(useNow(1_000) - time)} ago`
