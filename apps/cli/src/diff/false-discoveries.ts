import { smallestChance } from './rank-test.js'

/** What of the findings may be chance, as a share. */
export const LEVEL = 0.05

/**
 * Results of many tests, raised so that of those below a level no more than that share is chance on
 * average (Benjamini and Hochberg).
 */
export function withoutFalseDiscoveries(chances: readonly number[]): number[] {
  const order = Array.from(chances.keys()).sort((a, b) => chances[b] - chances[a])
  const raised = chances.slice()
  let least = 1
  order.forEach((test, index) => {
    least = Math.min(least, (chances[test] * chances.length) / (chances.length - index))
    raised[test] = least
  })
  return raised
}

/** How many runs a side it takes to find one difference among so many comparisons. */
export function runsNeeded(comparisons: number): number {
  let runs = 1
  while (smallestChance(runs, runs) > LEVEL / Math.max(1, comparisons)) runs++
  return runs
}
