import { choiceOption, option, switchOption, type OptionTable, type OptionValues } from './option-spec.js'
import { readCount, readPercent } from './option-values.js'
import { PART, READING } from './reading-options.js'

export type FunctionOrder = 'self' | 'total' | 'calls' | 'name'

const FUNCTION_ORDERS: readonly FunctionOrder[] = ['self', 'total', 'calls', 'name']

/** Options of `tracer report`. */
export const REPORT_OPTIONS = {
  async: switchOption(
    '--async',
    'show what set what going, and what it waited for, in place of the functions and the call tree',
  ),
  top: option<number>({
    flags: '--top <n>',
    meaning: 'how many functions the table shows',
    initial: 20,
    initialText: '20',
    read: readCount,
  }),
  sort: choiceOption('--sort <column>', 'order of the table: self, total, calls or name', FUNCTION_ORDERS, 'self'),
  depth: option<number>({
    flags: '--depth <n>',
    meaning: 'how many levels of the call tree are shown',
    initial: 12,
    initialText: '12',
    read: readCount,
  }),
  minPercent: option<number>({
    flags: '--min-percent <p>',
    meaning: 'leave out of the call tree what took less than this share of the time',
    initial: 1,
    initialText: '1',
    read: readPercent,
  }),
  inverted: switchOption(
    '--inverted',
    'show the call tree from the other end: functions, and below each who called it',
  ),
  ...PART,
  raw: switchOption('--raw', 'show times as they were recorded, with what the probes cost'),
  ...READING,
} satisfies OptionTable

export type ReportOptions = OptionValues<typeof REPORT_OPTIONS>
