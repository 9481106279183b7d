/** The parts of "About the numbers", by the id that a link names: `/method/yield`. */
export const METHOD_PARTS = {
  sources: 'Where they come from',
  belief: 'Who is believed',
  rate: 'Rate',
  reports: 'Samples and reports',
  yield: 'Implied APY and APR',
  ends: 'The two ends',
  sureness: 'How sure',
  single: 'Single reports',
  marks: 'What stands out',
  chart: 'The chart',
  'what-if': 'What if',
  earned: 'What a wallet earned',
  lots: 'Lots',
  supply: 'Supply',
  fee: 'Fee',
  premium: 'Premium',
  'last-report': 'Last report',
  unknown: 'What is not known',
} as const

export type MethodPart = keyof typeof METHOD_PARTS
