import { ALIGN_METHODS } from '@tracer/combine/methods'
import { CONVERT_OPTIONS } from './convert-options.js'
import { choiceOption, option, type OptionTable, type OptionValues } from './option-spec.js'
import { readLabel } from './option-values.js'
import { SUMMARY } from './summary-options.js'
import { WRITING } from './writing-options.js'

/** Options of `tracer combine`. */
export const COMBINE_OPTIONS = {
  output: CONVERT_OPTIONS.output,
  align: choiceOption(
    '--align <how>',
    'what puts the files on one time axis: marker, clock (of the wall), start, or auto: the best of what they have in common',
    ALIGN_METHODS,
    'auto',
  ),
  marker: option<string>({
    flags: '--marker <name>',
    meaning: 'name of the instants that mark one moment in all files',
    initial: 'sync',
    initialText: 'sync',
    read: (text) => text,
  }),
  label: option<readonly string[]>({
    flags: '--label <name=file>',
    meaning: 'what to call the processes of a file, in place of its name; can be given again',
    initial: [],
    initialText: '',
    read: (text, flag, before) => [...before, readLabel(text, flag)],
  }),
  from: CONVERT_OPTIONS.from,
  ...WRITING,
  quiet: SUMMARY.quiet,
} satisfies OptionTable

export type CombineOptions = OptionValues<typeof COMBINE_OPTIONS>
