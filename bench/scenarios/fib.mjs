import { nativeClock } from '@tracer/clock-native'
import { join } from 'node:path'
import { runNode, runTraced } from '../lib/traced-run.mjs'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'fib.mjs')

const NS_PER_MS = 1e6

/** Options of `tracer` by variant. */
const VARIANTS = {
  portable: ['--exact', '--clock', 'portable'],
  ...(nativeClock() !== undefined && { native: ['--exact', '--clock', 'native'] }),
  tick: ['--exact', '--clock', 'tick'],
  'tick in budget': ['--clock', 'tick'],
  default: [],
  stopped: ['--exact', '--paused'],
  excluded: ['--exact', '--exclude', '**/fib.mjs'],
  'min-duration': ['--exact', '--clock', 'portable', '--min-duration', '1us'],
  'max-depth': ['--exact', '--clock', 'portable', '--max-depth', '100'],
}

export const isolates =
  'what a probe adds to a call that does almost nothing: by clock, with the usual budget, with limits, stopped'

/** All scenarios together are to take less than ten minutes. */
export const turns = 3

const NS_A_CALL = 'ns of the main thread a call'

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  figure('`--exact --clock portable`', 'portable', 80),
  figure('`--exact --clock native`', 'native', 28),
  figure('`--exact --clock tick`', 'tick', 6),
  figure('`--clock tick`', 'tick in budget', 6),
  figure('as it comes', 'default'),
  figure('`--paused`, all the time', 'stopped', 1),
  figure('`--exclude` of its file', 'excluded', 1),
  figure('`--exact --clock portable --min-duration 1us`', 'min-duration', 81),
  figure('`--exact --clock portable --max-depth 100`', 'max-depth', 81),
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const traced = Object.entries(VARIANTS).map(([name, options]) => [
    name,
    () => measurements(runTraced([PROGRAM], options)),
  ])
  return { bare: () => measurements(runNode([PROGRAM])), ...Object.fromEntries(traced) }
}

/** @param {{ readonly stdout: string, readonly wholeMs: number }} run */
function measurements({ stdout, wholeMs }) {
  const { calls, before, after } =
    /** @type {{ calls: number, before: import('../lib/usage.mjs').Usage, after: import('../lib/usage.mjs').Usage }} */ (
      JSON.parse(stdout)
    )
  return {
    [NS_A_CALL]: ((after.mainMs - before.mainMs) * NS_PER_MS) / calls,
    'ns a call': ((after.wallMs - before.wallMs) * NS_PER_MS) / calls,
    'ms with start and save': wholeMs,
  }
}

/**
 * @param {string} options
 * @param {string} variant
 * @param {number} [atMost]
 * @returns {import('../lib/scenario.mjs').Figure}
 */
function figure(options, variant, atMost) {
  return {
    text: `\`fib(32)\`, ${options}: added a call`,
    measurement: NS_A_CALL,
    variant: `${variant} - bare`,
    unit: 'ns',
    ...(atMost !== undefined && { atMost }),
  }
}
