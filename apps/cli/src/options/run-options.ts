import { CLOCK_NAMES } from '@tracer/recorder'
import {
  choiceOption,
  listOption,
  option,
  switchOption,
  textOption,
  type OptionTable,
  type OptionValues,
} from './option-spec.js'
import { readCount, readDuration, readOverhead } from './option-values.js'
import { SUMMARY } from './summary-options.js'
import { OUTPUT, WRITING } from './writing-options.js'

/** Also of what only instruments. */
export const EXACT = switchOption(
  '--exact',
  'record every call, whatever it costs: no budget, and no function left out for being trivial',
)

/** Options of `tracer run`, which is also plain `tracer`. */
export const RUN_OPTIONS = {
  output: OUTPUT,
  eval: textOption('-e, --eval <code>', 'run this code in place of a file'),
  include: listOption(
    '--include <globs>',
    'trace only files that match one of these; commas separate, and it can be given again',
  ),
  exclude: listOption('--exclude <globs>', 'leave files that match one of these alone'),
  packages: listOption('--packages <names>', 'trace these packages of node_modules too; all traces every one'),
  maxDepth: option<number | undefined>({
    flags: '--max-depth <n>',
    meaning: 'record calls down to this depth of the stack, and count the others',
    initial: undefined,
    initialText: '',
    read: readCount,
  }),
  minDuration: option<number | undefined>({
    flags: '--min-duration <time>',
    meaning: 'record calls that took at least this long, and count the others: 500ns, 10us, 1ms, 2s',
    initial: undefined,
    initialText: '',
    read: readDuration,
  }),
  overhead: option<number>({
    flags: '--overhead <percent>',
    meaning:
      'what recording may add to the time of the program; functions that would cost more are counted, and recorded when a call is long',
    initial: 10,
    initialText: '10',
    read: readOverhead,
  }),
  exact: EXACT,
  learn: switchOption(
    '--learn',
    'keep what the budget decides, so that later runs begin with it, until tracer cache clear',
  ),
  clock: choiceOption(
    '--clock <name>',
    'where times come from: native, portable, tick, or auto: native where it is built',
    CLOCK_NAMES,
    'auto',
  ),
  async: switchOption('--async', 'record what set callbacks going: timers, ticks, I/O; tracer report --async shows it'),
  gc: switchOption('--gc', 'record garbage collections, and how much of the heap was in use'),
  paused: switchOption('--paused', 'record nothing until the program calls start() of @tracer/loader/control'),
  propagate: switchOption(
    '--propagate',
    'send W3C traceparent with HTTP requests, so that traces of several services join',
  ),
  ...WRITING,
  ...SUMMARY,
} satisfies OptionTable

export type RunOptions = OptionValues<typeof RUN_OPTIONS>
