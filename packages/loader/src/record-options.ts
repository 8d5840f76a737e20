import type { ClockName } from '@tracer/recorder'
import { LoaderError } from './errors.js'

/** What to record; the same for all threads and processes of a run. */
export interface RecordOptions {
  /** Globs of files to trace, relative to `root` or absolute; all when empty. */
  readonly include?: readonly string[]
  /** Globs of files to leave alone; stronger than `include`. */
  readonly exclude?: readonly string[]
  /** Packages in `node_modules` to trace as well. */
  readonly packages?: 'all' | readonly string[]
  /** Calls nested deeper than this are not recorded; 1 keeps the outermost calls only. */
  readonly maxDepth?: number
  /** Shorter calls are not recorded. */
  readonly minDurationNs?: number
  /** Whether every call is recorded: no budget, and trivial functions are not left alone. */
  readonly exact?: boolean
  /** What probes may add to the time of the program, in percent; 10 by default. Not for `exact`. */
  readonly overheadPercent?: number
  /** Whether what the budget decides is kept in the cache, for later runs to begin with. Not for `exact`. */
  readonly learn?: boolean
  /** Whether it is recorded what set callbacks going: timers, ticks, I/O. */
  readonly async?: boolean
  /** Whether garbage collections are recorded. */
  readonly gc?: boolean
  /** Where times come from; `auto` by default. */
  readonly clock?: ClockName
  /** File of the native clock; without it the portable one takes its place. */
  readonly nativeAddon?: string
  /** Whether recording is stopped until the program starts it, by `@tracer/loader/control`. */
  readonly paused?: boolean
  /** Whether HTTP requests carry W3C `traceparent`, so that traces of several services join. */
  readonly propagate?: boolean
  /** Folder that relative globs start from; by default the working directory. */
  readonly root?: string
}

/** Environment variable: folder that threads write their spools to. */
export const SESSION_VARIABLE = 'TRACER_SESSION'

/** Environment variable: the {@link RecordOptions} as JSON. */
export const OPTIONS_VARIABLE = 'TRACER_OPTIONS'

/** The options that a parent put into the environment; none when there is nothing. */
export function optionsFrom(environment: NodeJS.ProcessEnv): RecordOptions {
  const text = environment[OPTIONS_VARIABLE]
  if (text === undefined || text === '') return {}
  try {
    return JSON.parse(text) as RecordOptions
  } catch (cause) {
    throw new LoaderError('INVALID_OPTIONS', `${OPTIONS_VARIABLE} is not JSON: ${text}`, { cause })
  }
}
