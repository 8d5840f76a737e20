import { existsSync } from 'node:fs'

/** What the clock counts: the time counter of x86-64, that of arm64, or the nanoseconds of the system's clock. */
export type CounterSource = 'tsc' | 'cntvct' | 'monotonic'

/** What `src/clock.c` exports. */
export interface Addon {
  readonly source: CounterSource
  /** 0 where it has to be measured. */
  readonly nsPerTick: number
  /** A function that stores the counter in the first element. */
  readonly bind: (cell: Float64Array) => () => void
  /** The counter, and CLOCK_MONOTONIC in nanoseconds, at one moment. */
  readonly pair: () => readonly [ticks: number, monotonicNs: number]
  /** Has this thread's garbage collections written to a ring, by the counter or by a clock that lies so on CLOCK_MONOTONIC. */
  readonly collections: (ring: Float64Array, originNs?: number, nsPerTick?: number) => boolean
}

/** Loads the file, or says in a sentence why that cannot be. */
export function loadAddon(file: string): Addon | string {
  if (process.env['TRACER_CLOCK_NATIVE'] === 'off') {
    return 'The native clock is turned off by the environment variable TRACER_CLOCK_NATIVE.'
  }
  if (!existsSync(file)) {
    return `The native clock is not built: there is no ${file}; its package's scripts/build-addon.mjs compiles it, or says what is missing.`
  }
  const module: { exports: unknown } = { exports: {} }
  try {
    // Not `require`: that would leave an entry in the cache of modules, which programs look at.
    process.dlopen(module, file)
  } catch (error) {
    return `The native clock cannot be loaded: ${error instanceof Error ? error.message : String(error)}`
  }
  return isAddon(module.exports) ? module.exports : `The native clock cannot be loaded: ${file} is another addon.`
}

function isAddon(exports: unknown): exports is Addon {
  return typeof exports === 'object' && exports !== null && 'bind' in exports && 'collections' in exports
}
