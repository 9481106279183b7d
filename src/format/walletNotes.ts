/** What stands beside the figures of a wallet wherever they stand. */
export const WALLET_NOTES = [
  'Not tax advice; tokens lent, pooled or wrapped elsewhere are not seen.',
  'Values are at the protocols’ own rates. What counts frxETH, pxETH or OETH is added up as if 1 of it were 1 ETH.',
] as const
