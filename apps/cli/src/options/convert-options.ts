import { option, textOption, type OptionTable, type OptionValues } from './option-spec.js'
import { PART } from './reading-options.js'
import { RUN_OPTIONS } from './run-options.js'
import { SUMMARY } from './summary-options.js'
import { WRITING } from './writing-options.js'

/** Options of `tracer convert`. */
export const CONVERT_OPTIONS = {
  output: option<string>({
    flags: '-o, --output <file>',
    meaning: 'the file to write; its ending chooses the format',
    initial: '',
    initialText: '',
    read: (text) => text,
  }),
  from: textOption(
    '--from <package>',
    'a serializer of your own, a package or ./file, which is asked first whether it reads the input',
  ),
  include: { ...RUN_OPTIONS.include, meaning: 'keep only calls of functions in files that match one of these' },
  exclude: { ...RUN_OPTIONS.exclude, meaning: 'leave out calls of functions in files that match one of these' },
  maxDepth: { ...RUN_OPTIONS.maxDepth, meaning: 'keep calls down to this depth of the stack' },
  minDuration: { ...RUN_OPTIONS.minDuration, meaning: 'keep calls that took at least this long: 500ns, 10us, 1ms, 2s' },
  range: { ...PART.range, meaning: 'keep what ran between two moments, from the start of the trace: 10ms..20ms, 1s..' },
  ...WRITING,
  quiet: SUMMARY.quiet,
} satisfies OptionTable

export type ConvertOptions = OptionValues<typeof CONVERT_OPTIONS>
