import { mulDivDown, WAD, type Wad } from './fixedPoint.ts'

/** Working precision: 2^160 stands for 1, some 48 decimal digits. */
const PRECISION = 160n
const ONE = 1n << PRECISION
/** e^64 is a 6 × 10^27-fold growth: beyond it a yield is an artefact of a tiny span, not a figure. */
const LARGEST_EXPONENT = 64n * ONE

/** A power is not defined (a base that is not positive) or too large to mean anything. */
export class PowerOutOfRange extends Error {
  override readonly name = 'PowerOutOfRange'
  constructor(reason: string) {
    super(`No meaningful power: ${reason}. Use a longer span or check the rates.`)
  }
}

/** A share of 2^-120 is above the error of the series and far below 10^-18: exactly 1.05 must not become 1.0499…9. */
const GUARD = 120n

const multiply = (a: bigint, b: bigint): bigint => (a * b) >> PRECISION

/** ln(numerator / denominator) as 2·artanh((n − d)/(n + d)), which converges fast near 1 and hardly far from it. */
function logarithmNearOne(numerator: bigint, denominator: bigint): bigint {
  const argument = ((numerator - denominator) << PRECISION) / (numerator + denominator)
  const square = multiply(argument, argument)
  let term = argument
  let sum = 0n
  for (let odd = 1n; term !== 0n && term !== -1n; odd += 2n) {
    sum += term / odd
    term = multiply(term, square)
  }
  return 2n * sum
}

const LN_2 = logarithmNearOne(2n, 1n)

/** ln(numerator / denominator): halved or doubled until the ratio is near 1, where exchange rates live anyway. */
function logarithm(numerator: bigint, denominator: bigint): bigint {
  let [above, below, doublings] = [numerator, denominator, 0n]
  for (; above > 2n * below; doublings += 1n) below *= 2n
  for (; below > 2n * above; doublings -= 1n) above *= 2n
  return logarithmNearOne(above, below) + doublings * LN_2
}

/** e^exponent by its series after halving the exponent below 1, then squaring back. */
function exponential(exponent: bigint): bigint {
  let halvings = 0n
  let reduced = exponent
  while (reduced > ONE || reduced < -ONE) {
    reduced /= 2n
    halvings += 1n
  }
  let term = ONE
  let sum = 0n
  for (let order = 1n; term !== 0n && term !== -1n; order += 1n) {
    sum += term
    term = multiply(term, reduced) / order
  }
  for (; halvings > 0n; halvings -= 1n) sum = multiply(sum, sum)
  return sum
}

/**
 * Raise a ratio to a fractional power: (numerator / denominator)^(exponentNumerator / exponentDenominator).
 * Works in bigints throughout, so that a yield is the same to the last digit in every browser.
 * @param numerator above zero, same unit as `denominator`
 * @param exponentDenominator above zero
 * @returns WAD, rounded down
 * @throws PowerOutOfRange for a base that is not positive or a result beyond e^±64
 * @throws DivisionByZero for a zero exponent denominator
 */
export function powerOfRatio(
  numerator: bigint,
  denominator: bigint,
  exponentNumerator: bigint,
  exponentDenominator: bigint,
): Wad {
  if (numerator <= 0n || denominator <= 0n) throw new PowerOutOfRange('the base is not positive')
  const exponent = mulDivDown(logarithm(numerator, denominator), exponentNumerator, exponentDenominator)
  if (exponent > LARGEST_EXPONENT || exponent < -LARGEST_EXPONENT)
    throw new PowerOutOfRange('the result is astronomically large or small')
  const power = exponential(exponent)
  return multiply(power + (power >> GUARD), WAD)
}
