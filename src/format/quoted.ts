const MOST_SIGNS = 40

/**
 * Put what somebody else wrote into a sentence: cut short, and without the signs that cannot be seen, of which some turn
 * the rest of the sentence round.
 */
export function quoted(text: string): string {
  const signs = [...text.slice(0, 2 * MOST_SIGNS + 2)]
  const cut = signs.length > MOST_SIGNS ? [...signs.slice(0, MOST_SIGNS - 1), '…'] : signs
  return `“${cut.join('').replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '�')}”`
}
