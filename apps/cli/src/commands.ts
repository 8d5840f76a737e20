import { COMBINE_OPTIONS } from './options/combine-options.js'
import { CONVERT_OPTIONS } from './options/convert-options.js'
import { DIFF_OPTIONS } from './options/diff-options.js'
import { FLAMEGRAPH_OPTIONS } from './options/flamegraph-options.js'
import { INFO_OPTIONS } from './options/info-options.js'
import { INSTRUMENT_OPTIONS } from './options/instrument-options.js'
import type { OptionTable } from './options/option-spec.js'
import { RECOVER_OPTIONS } from './options/recover-options.js'
import { REPORT_OPTIONS } from './options/report-options.js'
import { RUN_OPTIONS } from './options/run-options.js'
import { VIEW_OPTIONS } from './options/view-options.js'

/** One command: what its help says and its arguments. What it does is in `commands/`. */
export interface CommandSpec<Table extends OptionTable = OptionTable> {
  readonly name: string
  readonly meaning: string
  /** Arguments as in the usage line: `<needed>`, `[optional]`. */
  readonly operands: readonly string[]
  /** The first operand ends the options; it and all that follows belong to the program that runs. */
  readonly endsOptions: boolean
  readonly options: Table
  readonly examples: readonly (readonly [command: string, meaning: string])[]
}

export const RUN = {
  name: 'run',
  meaning: 'record a program; the default command',
  operands: ['[file | bin | command]', '[args...]'],
  endsOptions: true,
  options: RUN_OPTIONS,
  examples: [
    ['tracer app.ts --port 8080', 'a file, with its arguments'],
    ['tracer -o out/trace.json.gz app.ts', 'saved elsewhere'],
    ['tracer eslint .', 'a command of node_modules or PATH'],
    ["tracer --exclude 'test/**' npm test", 'everything a command starts'],
    ['tracer --packages express,eta app.ts', 'two packages of node_modules too'],
  ],
} satisfies CommandSpec

export const VIEW = {
  name: 'view',
  meaning: 'open traces in the browser: timeline, flamegraph, functions; two are compared',
  operands: ['<file | folder>', '[more files...]'],
  endsOptions: false,
  options: VIEW_OPTIONS,
  examples: [
    ['tracer view trace.pftrace', ''],
    ['tracer view before.pftrace after.pftrace', 'compared'],
    ['tracer view .', 'the list of the traces in a folder'],
    ['tracer view --source . trace.pftrace', 'with the texts of the functions'],
  ],
} satisfies CommandSpec

export const REPORT = {
  name: 'report',
  meaning: 'print the functions and the call tree of a trace',
  operands: ['<file>'],
  endsOptions: false,
  options: REPORT_OPTIONS,
  examples: [
    ['tracer report trace.pftrace', ''],
    ['tracer report trace.pftrace --top 5 --sort calls', ''],
  ],
} satisfies CommandSpec

export const DIFF = {
  name: 'diff',
  meaning: 'compare the functions of two traces, or of several on each side',
  operands: ['<before>', '<after>'],
  endsOptions: false,
  options: DIFF_OPTIONS,
  examples: [
    ['tracer diff before.pftrace after.pftrace', ''],
    ['tracer diff before-*.pftrace -- after-*.pftrace', 'several runs a side; folders will do as well'],
    ['tracer diff --fail-on calls,time:10% before/ after/', 'for CI: exits with 1 when it got worse'],
  ],
} satisfies CommandSpec

export const FLAMEGRAPH = {
  name: 'flamegraph',
  meaning: 'draw where the time of a trace went, or what became of it, as SVG or HTML',
  operands: ['<files...>'],
  endsOptions: false,
  options: FLAMEGRAPH_OPTIONS,
  examples: [
    ['tracer flamegraph trace.pftrace -o flame.svg', ''],
    ['tracer flamegraph trace.pftrace -o flame.html', 'to search and zoom'],
    ['tracer flamegraph --diff before.pftrace after.pftrace -o diff.html', ''],
  ],
} satisfies CommandSpec

export const CONVERT = {
  name: 'convert',
  meaning: 'write a trace in another format, and say what that cannot hold',
  operands: ['<file>'],
  endsOptions: false,
  options: CONVERT_OPTIONS,
  examples: [
    ['tracer convert trace.pftrace -o trace.json.gz', ''],
    ['tracer convert cpu.cpuprofile -o cpu.pftrace', 'read by content, whatever its name'],
  ],
} satisfies CommandSpec

export const COMBINE = {
  name: 'combine',
  meaning: 'put traces of several runs and machines into one, on one time axis',
  operands: ['<files...>'],
  endsOptions: false,
  options: COMBINE_OPTIONS,
  examples: [
    ['tracer combine api.pftrace worker.pftrace -o all.pftrace', ''],
    ['tracer combine a.json b.pftrace -o all.json --align clock', 'by wall clocks'],
    ['tracer combine 1.json 2.json -o all.json --label api=1.json', ''],
  ],
} satisfies CommandSpec

export const INFO = {
  name: 'info',
  meaning: 'say what a trace file is and holds',
  operands: ['<file>'],
  endsOptions: false,
  options: INFO_OPTIONS,
  examples: [['tracer info trace.pftrace', '']],
} satisfies CommandSpec

export const INSTRUMENT = {
  name: 'instrument',
  meaning: 'print what would run in place of a file',
  operands: ['<file>'],
  endsOptions: false,
  options: INSTRUMENT_OPTIONS,
  examples: [['tracer instrument src/app.ts', '']],
} satisfies CommandSpec

export const RECOVER = {
  name: 'recover',
  meaning: 'save the trace of a run whose saving failed',
  operands: ['<folder>'],
  endsOptions: false,
  options: RECOVER_OPTIONS,
  examples: [['tracer recover /tmp/tracer-a1b2c3 -o trace.pftrace', '']],
} satisfies CommandSpec

export const CACHE = {
  name: 'cache',
  meaning: 'clear what is kept of instrumented files for later runs',
  operands: ['clear'],
  endsOptions: false,
  options: {},
  examples: [['tracer cache clear', '']],
} satisfies CommandSpec

export const COMMANDS: readonly CommandSpec[] = [
  RUN,
  VIEW,
  REPORT,
  DIFF,
  FLAMEGRAPH,
  CONVERT,
  COMBINE,
  INFO,
  INSTRUMENT,
  RECOVER,
  CACHE,
]
