/** Places that stand together: where the first of them lies best, and how many they are. */
type Bunch = { readonly place: number; readonly count: number }

/**
 * Move places, ascending, apart until each is `gap` from the next, as little as can be: bunches keep their middle. All
 * lie between `head` and `foot` where there is room for them, else they begin above `head`.
 */
export function spread(
  places: readonly number[],
  gap: number,
  { head, foot }: { readonly head: number; readonly foot: number },
): number[] {
  const bunches: Bunch[] = []
  for (const [index, wanted] of places.entries()) {
    // As if all labels before it had no height: what is then in order does not overlap.
    let bunch: Bunch = { place: wanted - index * gap, count: 1 }
    for (let last = bunches.at(-1); last !== undefined && last.place > bunch.place; last = bunches.at(-1)) {
      bunches.pop()
      const count = last.count + bunch.count
      bunch = { place: (last.place * last.count + bunch.place * bunch.count) / count, count }
    }
    bunches.push(bunch)
  }
  const lowest = foot - (places.length - 1) * gap
  return bunches
    .flatMap(({ place, count }) =>
      Array.from({ length: count }, () => Math.min(Math.max(place, head), lowest)),
    )
    .map((place, index) => place + index * gap)
}
