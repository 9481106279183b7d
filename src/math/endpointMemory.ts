/** What is worth remembering of an endpoint for some days. */
export type Learned = {
  /** Milliseconds between two starts that it last put up with. */
  readonly spacing?: number
  /** Blocks that it allows in one log request. */
  readonly span?: bigint
  /** Whether that span is its own word, and not only what was tried. */
  readonly isStated?: boolean
}

/** Where learned limits are kept between visits. Implemented in `store/`; `chain/` only knows this shape. */
export type EndpointMemory = {
  /** What was learned in the last days. */
  readonly recall: (url: string) => Learned
  /** Add to what is known. */
  readonly remember: (url: string, learned: Learned) => void
}
