/** Up to so many values the chances are counted exactly; beyond, the normal curve is near enough. */
const MOST_COUNTED = 60

/** 97.5% of a normal distribution lie below so many of its deviations. */
const NORMAL_975 = 1.959964

/**
 * Mann and Whitney's test: how likely it is that two groups of runs lie so far apart, or farther, if
 * nothing but chance divided them. Values that are equal share their ranks.
 */
export function rankTest(one: readonly number[], other: readonly number[]): number {
  const ranks = doubledRanks([...one, ...other])
  const size = ranks.length
  const sum = ranks.slice(0, one.length).reduce((total, rank) => total + rank, 0)
  const expected = one.length * (size + 1)
  if (size > MOST_COUNTED) return normalChance(ranks, one.length, Math.abs(sum - expected))
  const { ways, all } = rankSums(ranks, one.length)
  let asFar = 0
  for (let at = 0; at < ways.length; at++) if (Math.abs(at - expected) >= Math.abs(sum - expected)) asFar += ways[at]
  return asFar / all
}

/** The smallest result that a test of so many runs can have. */
export function smallestChance(one: number, other: number): number {
  let divisions = 1
  for (let i = 1; i <= one; i++) divisions = (divisions * (other + i)) / i
  return Math.min(1, 2 / divisions)
}

/** How much larger one group is than another: a factor, and the interval that holds the true one 95 times of 100. */
export interface Factor {
  readonly ratio: number
  readonly low: number
  readonly high: number
}

/**
 * The median of the ratios of each value of `after` to each of `before` (Hodges and Lehmann), and the
 * interval that belongs to the rank test: 1 lies outside when its result is below 0.05.
 */
export function factorOf(before: readonly number[], after: readonly number[]): Factor {
  const ratios = after
    .flatMap((late) => before.map((early) => (early === late ? 1 : late / early)))
    .sort((a, b) => a - b)
  const left = leftOut(before.length, after.length)
  return {
    ratio: median(ratios),
    low: left === 0 ? 0 : ratios[left - 1],
    high: left === 0 ? Infinity : ratios[ratios.length - left],
  }
}

/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return Number.isInteger(middle) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)]
}

/** How far into the sorted ratios the 95% interval begins, and ends from their end; 0 when all do not suffice. */
function leftOut(one: number, other: number): number {
  const size = one + other
  if (size > MOST_COUNTED) {
    const deviation = Math.sqrt((one * other * (size + 1)) / 12)
    return Math.max(0, Math.floor((one * other) / 2 - NORMAL_975 * deviation))
  }
  const { ways, all } = rankSums(
    Array.from({ length: size }, (_, index) => 2 * (index + 1)),
    one,
  )
  let left = 0
  let chance = 0
  // Sums of doubled ranks without ties are even, from that of the lowest ranks up.
  for (let sum = one * (one + 1); sum < ways.length; sum += 2, left++) {
    chance += ways[sum] / all
    if (chance > 0.025) break
  }
  return left
}

/** Twice the ranks from 1, so that those of equal values, the mean of their places, are whole numbers too. */
function doubledRanks(values: readonly number[]): number[] {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b])
  const ranks = values.map(() => 0)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to < order.length && values[order[to]] === values[order[from]]) to++
    for (let at = from; at < to; at++) ranks[order[at]] = from + 1 + to
    from = to
  }
  return ranks
}

/** In how many ways `count` of the ranks add up to each sum, and in how many they can be taken. */
function rankSums(ranks: readonly number[], count: number): { readonly ways: Float64Array; readonly all: number } {
  const most = ranks.reduce((sum, rank) => sum + rank, 0)
  const waysOf = Array.from({ length: count + 1 }, () => new Float64Array(most + 1))
  waysOf[0][0] = 1
  for (const rank of ranks) {
    for (let taken = count; taken > 0; taken--) {
      const [ways, fewer] = [waysOf[taken], waysOf[taken - 1]]
      for (let sum = most; sum >= rank; sum--) ways[sum] += fewer[sum - rank]
    }
  }
  const ways = waysOf[count]
  return { ways, all: ways.reduce((sum, one) => sum + one, 0) }
}

function normalChance(ranks: readonly number[], one: number, distance: number): number {
  const size = ranks.length
  const mean = size + 1
  const spread = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0)
  const deviation = Math.sqrt((one * (size - one) * spread) / (size * (size - 1)))
  if (deviation === 0) return 1
  // A whole step of doubled ranks is 2, half of which belongs to the sum itself.
  return Math.min(1, 2 * upperTail(Math.max(0, distance - 1) / deviation))
}

/** The share of a normal distribution above `z`, 7 digits of it (Abramowitz and Stegun 26.2.17). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}
