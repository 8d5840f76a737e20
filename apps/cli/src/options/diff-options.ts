import { readFailRules, type FailRule } from '../diff/fail-rule.js'
import type { TimeScale } from '../diff/function-changes.js'
import { choiceOption, option, switchOption, type OptionTable, type OptionValues } from './option-spec.js'
import { readCount } from './option-values.js'
import { READING } from './reading-options.js'
import { REPORT_OPTIONS } from './report-options.js'

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
  scale: choiceOption('--scale <kind>', `what times are compared: ${TIME_SCALES.join(', ')}`, TIME_SCALES, 'absolute'),
  top: option<number>({
    flags: '--top <n>',
    meaning: 'how many functions the table shows',
    initial: 20,
    initialText: '20',
    read: readCount,
  }),
  all: switchOption('--all', 'show functions too that are as they were'),
  raw: REPORT_OPTIONS.raw,
  json: switchOption('--json', 'print one line of JSON for programs'),
  ...READING,
} satisfies OptionTable

export type DiffOptions = OptionValues<typeof DIFF_OPTIONS>
