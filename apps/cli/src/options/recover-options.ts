import type { OptionTable, OptionValues } from './option-spec.js'
import { SUMMARY } from './summary-options.js'
import { OUTPUT, WRITING } from './writing-options.js'

/** Options of `tracer recover`. */
export const RECOVER_OPTIONS = { output: OUTPUT, ...WRITING, ...SUMMARY } satisfies OptionTable

export type RecoverOptions = OptionValues<typeof RECOVER_OPTIONS>
