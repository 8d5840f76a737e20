import type { OptionTable, OptionValues } from './option-spec.js'
import { EXACT } from './run-options.js'

/** Options of `tracer instrument`. */
export const INSTRUMENT_OPTIONS = { exact: EXACT } satisfies OptionTable

export type InstrumentOptions = OptionValues<typeof INSTRUMENT_OPTIONS>
