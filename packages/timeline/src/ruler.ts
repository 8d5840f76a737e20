import type { TimeRange } from './view.js'

/** A mark of the time ruler. */
export interface Tick {
  readonly timeNs: number
  /** Text of a labelled mark, such as `+1.25 ms`; undefined for one in between. */
  readonly label: string | undefined
}

interface Unit {
  readonly name: string
  readonly ns: number
}

const UNITS: readonly Unit[] = [
  { name: 'd', ns: 86_400e9 },
  { name: 'h', ns: 3_600e9 },
  { name: 'min', ns: 60e9 },
  { name: 's', ns: 1e9 },
  { name: 'ms', ns: 1e6 },
  { name: 'µs', ns: 1e3 },
  { name: 'ns', ns: 1 },
]

/** Steps that are whole in the units of a clock. */
const CLOCK_STEPS_NS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60e9),
  ...[1, 2, 6, 12, 24, 48, 168, 720].map((hours) => hours * 3_600e9),
]

/** Between labelled marks: 2 or 5, as it divides the step. */
const MOST_TICKS = 2000

/** The marks of a range such that at most one label comes to `labelNs` of time. */
export function ticksOf(range: TimeRange, labelNs: number): Tick[] {
  const step = stepOf(labelNs)
  const minor = step / minorParts(step)
  const firstTick = Math.ceil(range.fromNs / minor)
  const lastTick = Math.floor(range.toNs / minor)
  if (!(lastTick - firstTick < MOST_TICKS)) return []
  const parts = Math.round(step / minor)
  const ticks: Tick[] = []
  for (let at = firstTick; at <= lastTick; at++) {
    const isLabelled = at % parts === 0
    ticks.push({ timeNs: at * minor, label: isLabelled ? formatTime((at / parts) * step, step) : undefined })
  }
  return ticks
}

/** The least step of 1, 2 or 5 tenfold (from a minute on: of a clock) that is `leastNs` or more, and no less than a nanosecond. */
export function stepOf(leastNs: number): number {
  if (leastNs > 30e9) {
    const step = CLOCK_STEPS_NS.find((candidate) => candidate >= leastNs)
    if (step !== undefined) return step
  }
  const least = Math.max(leastNs, 1)
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9)
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}

function minorParts(step: number): number {
  if (step >= 60e9) return 6
  if (step < 2) return 1
  const leading = Number(step.toExponential()[0])
  return leading === 2 ? 4 : 5
}

/** A moment, as exact as the step asks for: `1.25 ms`, `2 min 30 s`, `0`. */
export function formatTime(timeNs: number, stepNs: number): string {
  const sign = timeNs < 0 ? '-' : ''
  const size = Math.abs(timeNs)
  if (size < stepNs / 2) return '0'
  const unit = UNITS.find(({ ns }) => ns <= size * (1 + 1e-12)) ?? UNITS[UNITS.length - 1]
  if (unit.ns > 1e9) return sign + formatClock(size, stepNs)
  const digits = Math.max(0, Math.ceil(Math.log10(unit.ns / stepNs) - 1e-9))
  return `${sign}${(size / unit.ns).toFixed(Math.min(digits, 9))} ${unit.name}`
}

/** From a minute on: up to three units, none smaller than the step needs. */
function formatClock(size: number, stepNs: number): string {
  const seconds = stepNs < 1e9 ? Math.min(9, Math.ceil(Math.log10(1e9 / stepNs) - 1e-9)) : 0
  let rest = size
  const parts: string[] = []
  for (const { name, ns } of UNITS.slice(0, 3)) {
    const count = Math.floor(rest / ns + 1e-12)
    if (count === 0 && parts.length === 0) continue
    rest -= count * ns
    if (count > 0) parts.push(`${count} ${name}`)
  }
  const last = (Math.max(0, rest) / 1e9).toFixed(seconds)
  if (Number(last) > 0) parts.push(`${last} s`)
  return parts.join(' ')
}

/** A length of time in the unit that suits it, with three or four digits: `1.204 ms`. */
export function formatDuration(durationNs: number): string {
  if (!Number.isFinite(durationNs)) return 'unknown'
  const size = Math.abs(durationNs)
  if (size >= 60e9) return (durationNs < 0 ? '-' : '') + formatClock(size, 1e9)
  const unit = UNITS.find(({ ns }) => ns <= size) ?? UNITS[UNITS.length - 1]
  const value = durationNs / unit.ns
  const digits =
    unit.ns === 1 ? (Number.isInteger(value) ? 0 : 1) : Math.abs(value) < 10 ? 3 : Math.abs(value) < 100 ? 2 : 1
  return `${value.toFixed(digits)} ${unit.name}`
}
