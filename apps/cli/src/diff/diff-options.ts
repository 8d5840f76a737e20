import { readChoice, readCount } from '../option-values.js'
import { option, READING, REPORT_OPTIONS, type OptionTable, type OptionValues } from '../options.js'
import { readFailRules, type FailRule } from './fail-rule.js'
import type { TimeScale } from './function-changes.js'

const TIME_SCALES: readonly TimeScale[] = ['absolute', 'normalised', 'per-call']

/** Options of `tracer diff`. */
export const DIFF_OPTIONS = {
  failOn: option<readonly FailRule[]>({
    flags: '--fail-on <rules>',
    meaning:
      'exit with 1 when functions are called more often (calls, calls:10%), are new or gone (new, gone), take longer (self:10%), or all together do (time:10%); commas separate',
    initial: [],
    initialText: '',
    read: (text, flag, before) => [...before, ...readFailRules(text, flag)],
  }),
  scale: option<TimeScale>({
    flags: '--scale <kind>',
    meaning: `what times are compared: ${TIME_SCALES.join(', ')}`,
    initial: 'absolute',
    initialText: 'absolute',
    read: (text, flag) => readChoice(TIME_SCALES, text, flag),
  }),
  top: option<number>({
    flags: '--top <n>',
    meaning: 'how many functions the table shows',
    initial: 20,
    initialText: '20',
    read: readCount,
  }),
  all: option<boolean>({
    flags: '--all',
    meaning: 'show functions too that are as they were',
    initial: false,
    initialText: '',
  }),
  raw: REPORT_OPTIONS.raw,
  json: option<boolean>({
    flags: '--json',
    meaning: 'print one line of JSON for programs',
    initial: false,
    initialText: '',
  }),
  ...READING,
} satisfies OptionTable

export type DiffOptions = OptionValues<typeof DIFF_OPTIONS>
