/**
 * Which of the groups must not be shown: those with fewer than `least` answers, and as many of the next smallest as it takes
 * that nobody finds a hidden one by subtracting the shown from the total. Groups without an answer hide nobody.
 */
export function hiddenGroups(counts: readonly number[], least: number): ReadonlySet<number> {
  const order = counts
    .map((count, index) => ({ count, index }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count || a.index - b.index)
  const hidden = order.filter(({ count }) => count < least)
  if (hidden.length === 0) return new Set()
  let sum = hidden.reduce((all, { count }) => all + count, 0)
  for (const next of order.slice(hidden.length)) {
    if (hidden.length > 1 && sum >= least) break
    hidden.push(next)
    sum += next.count
  }
  return new Set(hidden.map(({ index }) => index))
}
