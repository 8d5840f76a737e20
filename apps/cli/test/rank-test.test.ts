import { describe, expect, it } from 'vitest'
import { runsNeeded, withoutFalseDiscoveries } from '../src/diff/false-discoveries.js'
import { factorOf, median, rankTest, smallestChance } from '../src/diff/rank-test.js'

describe('rankTest', () => {
  it.each([
    ['apart', [1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 2 / 252],
    ['apart, the other way round', [6, 7, 8, 9, 10], [1, 2, 3, 4, 5], 2 / 252],
    ['all equal', [3, 3, 3, 3], [3, 3, 3, 3], 1],
    ['one value each', [1], [2], 1],
  ])('of groups that are %s', (_, one, other, chance) => {
    expect(rankTest(one, other)).toBeCloseTo(chance, 12)
  })

  it('is the share of all divisions that lie as far apart, ties or not', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const next = numbers(seed)
      const [one, other] = [values(next, 1 + next(5), 6), values(next, 1 + next(5), 6)]
      expect(rankTest(one, other)).toBeCloseTo(obviousChance(one, other), 9)
    }
  })

  it('of many values is near the share of chance divisions that lie as far apart', () => {
    const next = numbers(7)
    const one = values(next, 40, 1000)
    const other = values(next, 50, 1000).map((value) => value + 130)
    expect(Math.abs(rankTest(one, other) - sampledChance(one, other, 4000, next))).toBeLessThan(0.02)
    expect(rankTest(one, one)).toBeCloseTo(1, 6)
  })
})

describe('factorOf', () => {
  // Largest numbers of Mann and Whitney's U with a result of 0.05 or less, as printed in tables.
  it.each([
    [4, 0],
    [5, 2],
    [6, 5],
    [7, 8],
    [8, 13],
    [9, 17],
    [10, 23],
    [20, 127],
  ])('of %d runs a side leaves out %d and one ratio at both ends of the interval', (runs, critical) => {
    const before = Array.from({ length: runs }, (_, index) => 1.01 ** index)
    const after = Array.from({ length: runs }, (_, index) => 1.01 ** (index * runs))
    const exponents = (ratio: number): number => Math.round(Math.log(ratio) / Math.log(1.01))
    const all = before.flatMap((_, b) => after.map((__, a) => a * runs - b)).sort((a, b) => a - b)
    const { low, high } = factorOf(before, after)
    expect([exponents(low), exponents(high)]).toEqual([all[critical], all[all.length - 1 - critical]])
  })

  it('has 1 outside its interval just when the test says so', () => {
    let outside = 0
    for (let seed = 1; seed <= 200; seed++) {
      const next = numbers(seed)
      const before = values(next, 4 + next(8), 1e6).map((value) => value + 1e6)
      const after = values(next, 4 + next(8), 1e6).map((value) => (value + 1e6) * (1 + next(60) / 100))
      const { low, high } = factorOf(before, after)
      const isOutside = low > 1 || high < 1
      if (isOutside) outside++
      expect(isOutside).toBe(rankTest(before, after) < 0.05)
    }
    expect(outside).toBeGreaterThan(20)
  })

  it('is the median of all ratios', () => {
    expect(factorOf([1, 2], [2, 8]).ratio).toBe(3)
    expect(factorOf([10], [20])).toEqual({ ratio: 2, low: 0, high: Infinity })
    expect(factorOf([0], [5]).ratio).toBe(Infinity)
    expect(factorOf([0], [0]).ratio).toBe(1)
  })
})

it('the median is the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5])
})

it('the smallest result is that of groups that lie apart', () => {
  for (const runs of [1, 2, 3, 4, 5, 8]) {
    const one = Array.from({ length: runs }, (_, index) => index)
    expect(smallestChance(runs, runs)).toBeCloseTo(
      rankTest(
        one,
        one.map((value) => value + runs),
      ),
      12,
    )
  }
})

it('results of many tests are raised as Benjamini and Hochberg do', () => {
  const raised = withoutFalseDiscoveries([0.01, 0.04, 0.03, 0.005, 0.9])
  for (const [index, chance] of [0.025, 0.05, 0.05, 0.025, 0.9].entries()) expect(raised[index]).toBeCloseTo(chance, 12)
  expect(withoutFalseDiscoveries([])).toEqual([])
})

it('the more is compared, the more runs it takes', () => {
  expect([0, 1, 5, 20, 1000].map(runsNeeded)).toEqual([4, 4, 5, 6, 9])
})

/** Whole numbers below a limit that look like chance, the same for each seed. */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function values(next: (limit: number) => number, length: number, limit: number): number[] {
  return Array.from({ length }, () => next(limit))
}

/** Pairs in which the other is larger, equal ones by half, less half of all pairs: 0 when they do not differ. */
function lead(one: readonly number[], other: readonly number[]): number {
  const pairs = one.flatMap((a) => other.map((b) => (b > a ? 1 : b === a ? 0.5 : 0)))
  return Math.abs(pairs.reduce<number>((sum, pair) => sum + pair, 0) - pairs.length / 2)
}

function obviousChance(one: readonly number[], other: readonly number[]): number {
  const all = [...one, ...other]
  let [asFar, divisions] = [0, 0]
  for (let mask = 0; mask < 1 << all.length; mask++) {
    const chosen = all.filter((_, index) => ((mask >> index) & 1) === 1)
    if (chosen.length !== one.length) continue
    const rest = all.filter((_, index) => ((mask >> index) & 1) === 0)
    divisions++
    if (lead(chosen, rest) >= lead(one, other) - 1e-9) asFar++
  }
  return asFar / divisions
}

function sampledChance(
  one: readonly number[],
  other: readonly number[],
  times: number,
  next: (limit: number) => number,
): number {
  const all = [...one, ...other]
  const least = lead(one, other)
  let asFar = 0
  for (let time = 0; time < times; time++) {
    for (let i = all.length - 1; i > 0; i--) {
      const j = next(i + 1)
      ;[all[i], all[j]] = [all[j], all[i]]
    }
    if (lead(all.slice(0, one.length), all.slice(one.length)) >= least) asFar++
  }
  return asFar / times
}
