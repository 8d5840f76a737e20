import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Budget, type Move, type SiteWindow } from '../src/budget.js'

const COSTS = { timedNs: 70, checkedNs: 1.5 }
const BUSY_NS = 25e6

function timed(site: number, calls: number, meanNs: number): SiteWindow {
  return { site, isTimed: true, calls, totalNs: calls * meanNs }
}

function names(moves: readonly Move[]): string[] {
  return moves.map(({ site, isTimed }) => `${site} ${isTimed ? 'checked' : 'timed'}`)
}

/** Two sites that leave much room. */
const CALM: readonly SiteWindow[] = [
  { ...timed(1, 5000, 100), isTimed: false },
  { ...timed(2, 5000, 4000), isTimed: false },
]

/** After which window, from 1, something moves for the first time, and what. */
function firstMoves(budget: Budget, sites: readonly SiteWindow[]): (number | string)[] {
  for (let window = 1; ; window++) {
    const moves = names(budget.decide({ busyNs: BUSY_NS, sites, idle: [] }))
    if (moves.length > 0) return [window, ...moves]
  }
}

describe('a budget', () => {
  it('that is kept moves nothing', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    expect(budget.decide({ busyNs: BUSY_NS, sites: [timed(1, 10_000, 100)], idle: [] })).toEqual([])
  })

  it('that is exceeded gives up the sites with the shortest calls first, and no more than needed', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const sites = [timed(1, 5000, 900), timed(2, 100_000, 50), timed(3, 5000, 800)]
    expect(names(budget.decide({ busyNs: BUSY_NS, sites, idle: [] }))).toEqual(['2 checked'])
  })

  it('leaves sites alone that are called too rarely to cost anything', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const sites = [timed(1, 1, 10), timed(2, 300_000, 50)]
    expect(names(budget.decide({ busyNs: BUSY_NS, sites, idle: [] }))).toEqual(['2 checked'])
  })

  it('knows the time of records that come when the thread rests already', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const rest = { busyNs: 0, sites: [], idle: [] }
    for (const window of [{ ...rest, busyNs: BUSY_NS }, rest, rest]) expect(budget.decide(window)).toEqual([])
    const late = budget.decide({ busyNs: 0, sites: [timed(1, 10_000, 100)], idle: [] })
    expect(late).toEqual([])
  })

  it('leaves what ran longer ago than records come out of account', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const windows = [BUSY_NS, 0, 0, 0, 0, 0, 0, 0, 0]
    for (const busyNs of windows) budget.decide({ busyNs, sites: [], idle: [] })
    const late = budget.decide({ busyNs: 1e6, sites: [timed(1, 10_000, 100)], idle: [] })
    expect(names(late)).toEqual(['1 checked'])
  })

  it('takes sites back, longest calls first, once there has been room for a while', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const busy = [timed(1, 200_000, 100), timed(2, 200_000, 4000)]
    expect(names(budget.decide({ busyNs: BUSY_NS, sites: busy, idle: [] }))).toEqual(['1 checked', '2 checked'])
    expect(firstMoves(budget, CALM)).toEqual([20, '2 timed', '1 timed'])
  })

  it('takes sites that it never gave up back as late as others: an earlier run learned it', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    expect(firstMoves(budget, CALM)).toEqual([21, '2 timed', '1 timed'])
  })

  it('takes sites back that are not called any more once no other needs the time to be told', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const busy = [timed(1, 200_000, 100), timed(2, 200_000, 50)]
    expect(names(budget.decide({ busyNs: BUSY_NS, sites: busy, idle: [] }))).toEqual(['2 checked', '1 checked'])
    const other = { ...timed(1, 80_000, 100), isTimed: false }
    for (let window = 0; window < 50; window++) {
      expect(budget.decide({ busyNs: BUSY_NS, sites: [other], idle: [2] })).toEqual([])
    }
    expect(names(budget.decide({ busyNs: BUSY_NS, sites: [timed(3, 10, 100)], idle: [1, 2] }))).toEqual([
      '1 timed',
      '2 timed',
    ])
  })

  it('takes sites that are not called back no sooner than others', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const busy = [timed(1, 200_000, 100), timed(2, 200_000, 50)]
    expect(names(budget.decide({ busyNs: BUSY_NS, sites: busy, idle: [] }))).toEqual(['2 checked', '1 checked'])
    let windows = 1
    while (budget.decide({ busyNs: BUSY_NS, sites: [timed(3, 10, 100)], idle: [1, 2] }).length === 0) windows++
    expect(windows).toBe(20)
  })

  it('lets a site that had to go again wait twice as long', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const busy = timed(1, 200_000, 50)
    const calm = { ...timed(1, 1000, 50), isTimed: false }
    const windowsUntilBack = (): number => {
      expect(names(budget.decide({ busyNs: BUSY_NS, sites: [busy], idle: [] }))).toEqual(['1 checked'])
      for (let windows = 1; ; windows++) {
        if (budget.decide({ busyNs: BUSY_NS, sites: [calm], idle: [] }).length > 0) return windows
      }
    }
    expect([windowsUntilBack(), windowsUntilBack(), windowsUntilBack()]).toEqual([20, 40, 80])
  })

  it('says of a move what the site cost', () => {
    const budget = new Budget({ share: 0.1, ...COSTS })
    const [move] = budget.decide({ busyNs: BUSY_NS, sites: [timed(1, 100_000, 50)], idle: [] })
    expect(move.reason).toBe("100000 calls cost 27.4 % of the thread's time")
  })

  it('after shedding predicts a cost within the limit, or has shed all that costs anything', () => {
    const site = fc.record({
      calls: fc.integer({ min: 1, max: 400_000 }),
      meanNs: fc.integer({ min: 1, max: 100_000 }),
    })
    fc.assert(
      fc.property(fc.array(site, { maxLength: 40 }), fc.integer({ min: 1e6, max: 1e9 }), (drafts, busyNs) => {
        const sites = drafts.map(({ calls, meanNs }, i) => timed(i + 1, calls, meanNs))
        const moved = new Set(
          new Budget({ share: 0.1, ...COSTS }).decide({ busyNs, sites, idle: [] }).map(({ site }) => site),
        )
        const cost = (checked: ReadonlySet<number>) =>
          sites.reduce((sum, { site, calls }) => sum + calls * (checked.has(site) ? COSTS.checkedNs : COSTS.timedNs), 0)
        const limit = 0.1 * Math.max(busyNs - cost(new Set()), busyNs * 0.02)
        const restNs = sites.filter(({ site }) => !moved.has(site)).map(({ calls }) => calls * COSTS.timedNs)
        const nothingLeft = restNs.every((ns) => ns <= busyNs * 2e-4 || ns < 100 * COSTS.timedNs)
        expect(cost(moved) <= limit || nothingLeft).toBe(true)
      }),
    )
  })
})
