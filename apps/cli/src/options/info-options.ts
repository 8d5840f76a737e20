import { switchOption, type OptionTable, type OptionValues } from './option-spec.js'
import { READING } from './reading-options.js'

/** Options of `tracer info`. */
export const INFO_OPTIONS = {
  json: switchOption('--json', 'print one line of JSON for programs'),
  ...READING,
} satisfies OptionTable

export type InfoOptions = OptionValues<typeof INFO_OPTIONS>
