import { ALIGN_METHODS, type AlignMethod } from '@tracer/combine/methods'
import { CLOCK_NAMES, type ClockName } from '@tracer/recorder'
import { JSON_FLAVORS, type JsonFlavor } from './formats/known-formats.js'
import {
  readChoice,
  readCount,
  readDuration,
  readLabel,
  readList,
  readOverhead,
  readPercent,
  readPort,
  readRange,
} from './option-values.js'

/** One option of a command: from these tables come parsing, `--help` and the tables of the README. */
export interface OptionSpec<Value> {
  /** As in `-o, --output <file>`; a flag without a value is a switch. */
  readonly flags: string
  readonly meaning: string
  readonly initial: Value
  /** The default as a person would write it; empty when it is what anyone expects. */
  readonly initialText: string
  /** Reads the value; `flag` is for messages, `before` is what earlier uses of the option gave. */
  read?(this: void, text: string, flag: string, before: Value): Value
}

/** The options of a command by the name under which their values are found. */
export type OptionTable = Readonly<Record<string, OptionSpec<unknown>>>

/** The values that a table's options have once the command line is read. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends OptionSpec<infer Value> ? Value : never
}

export type SummaryKind = 'text' | 'json' | 'none'
export type FunctionOrder = 'self' | 'total' | 'calls' | 'name'

const SUMMARY_KINDS: readonly SummaryKind[] = ['text', 'json', 'none']
const FUNCTION_ORDERS: readonly FunctionOrder[] = ['self', 'total', 'calls', 'name']

/** Every name in a table is the camel case of the long flag: that is where commander puts the value. */
export function option<Value>(spec: OptionSpec<Value>): OptionSpec<Value> {
  return spec
}

const OUTPUT = option<string>({
  flags: '-o, --output <file>',
  meaning: 'where to save the trace; its ending chooses the format; missing folders are made',
  initial: 'trace.pftrace',
  initialText: 'trace.pftrace',
  read: (text) => text,
})

const WRITING = {
  serializer: option<string | undefined>({
    flags: '--serializer <package>',
    meaning: 'a serializer of your own, a package or ./file; it writes in place of the one that the ending chooses',
    initial: undefined,
    initialText: '',
    read: (text) => text,
  }),
  jsonFlavor: option<JsonFlavor | undefined>({
    flags: '--json-flavor <name>',
    meaning: `write Trace Event JSON for one program alone: ${JSON_FLAVORS.join(', ')}`,
    initial: undefined,
    initialText: 'opens in all',
    read: (text, flag) => readChoice(JSON_FLAVORS, text, flag),
  }),
}

/** A serializer that is asked first whether it reads a file. */
export const READING = {
  serializer: option<string | undefined>({
    flags: '--serializer <package>',
    meaning: 'a serializer of your own, a package or ./file, which is asked first whether it reads the file',
    initial: undefined,
    initialText: '',
    read: (text) => text,
  }),
}

const SUMMARY = {
  summary: option<SummaryKind>({
    flags: '--summary <kind>',
    meaning: 'what to print on stderr at the end: text, none, or json, as one line, the last',
    initial: 'text',
    initialText: 'text',
    read: (text, flag) => readChoice(SUMMARY_KINDS, text, flag),
  }),
  quiet: option<boolean>({
    flags: '--quiet',
    meaning: 'print nothing but errors',
    initial: false,
    initialText: '',
  }),
}

const EXACT = option<boolean>({
  flags: '--exact',
  meaning: 'record every call, whatever it costs: no budget, and no function left out for being trivial',
  initial: false,
  initialText: '',
})

/** Options of `tracer run`, which is also plain `tracer`. */
export const RUN_OPTIONS = {
  output: OUTPUT,
  eval: option<string | undefined>({
    flags: '-e, --eval <code>',
    meaning: 'run this code in place of a file',
    initial: undefined,
    initialText: '',
    read: (text) => text,
  }),
  include: option<readonly string[]>({
    flags: '--include <globs>',
    meaning: 'trace only files that match one of these; commas separate, and it can be given again',
    initial: [],
    initialText: '',
    read: (text, flag, before) => [...before, ...readList(text, flag)],
  }),
  exclude: option<readonly string[]>({
    flags: '--exclude <globs>',
    meaning: 'leave files that match one of these alone',
    initial: [],
    initialText: '',
    read: (text, flag, before) => [...before, ...readList(text, flag)],
  }),
  packages: option<readonly string[]>({
    flags: '--packages <names>',
    meaning: 'trace these packages of node_modules too; all traces every one',
    initial: [],
    initialText: '',
    read: (text, flag, before) => [...before, ...readList(text, flag)],
  }),
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
  learn: option<boolean>({
    flags: '--learn',
    meaning: 'keep what the budget decides, so that later runs begin with it, until tracer cache clear',
    initial: false,
    initialText: '',
  }),
  clock: option<ClockName>({
    flags: '--clock <name>',
    meaning: 'where times come from: native, portable, tick, or auto: native where it is built',
    initial: 'auto',
    initialText: 'auto',
    read: (text, flag) => readChoice(CLOCK_NAMES, text, flag),
  }),
  async: option<boolean>({
    flags: '--async',
    meaning: 'record what set callbacks going: timers, ticks, I/O; tracer report --async shows it',
    initial: false,
    initialText: '',
  }),
  gc: option<boolean>({
    flags: '--gc',
    meaning: 'record garbage collections, and how much of the heap was in use',
    initial: false,
    initialText: '',
  }),
  paused: option<boolean>({
    flags: '--paused',
    meaning: 'record nothing until the program calls start() of @tracer/loader/control',
    initial: false,
    initialText: '',
  }),
  propagate: option<boolean>({
    flags: '--propagate',
    meaning: 'send W3C traceparent with HTTP requests, so that traces of several services join',
    initial: false,
    initialText: '',
  }),
  ...WRITING,
  ...SUMMARY,
} satisfies OptionTable

/** Options of `tracer instrument`. */
export const INSTRUMENT_OPTIONS = { exact: EXACT } satisfies OptionTable

/** Which part of a trace is looked at. */
const PART = {
  range: option<{ readonly fromNs: number; readonly toNs: number } | undefined>({
    flags: '--range <from..to>',
    meaning: 'only what ran between two moments, from the start of the trace: 10ms..20ms, 1s.., ..500us',
    initial: undefined,
    initialText: '',
    read: readRange,
  }),
  package: option<readonly string[]>({
    flags: '--package <names>',
    meaning: "only functions of these packages; those of the project are '(app)'; the time of others is their caller's",
    initial: [],
    initialText: '',
    read: (text, flag, before) => [...before, ...readList(text, flag)],
  }),
  thread: option<readonly string[]>({
    flags: '--thread <names>',
    meaning: 'only threads of these names or numbers',
    initial: [],
    initialText: '',
    read: (text, flag, before) => [...before, ...readList(text, flag)],
  }),
}

/** Options of `tracer report`. */
export const REPORT_OPTIONS = {
  async: option<boolean>({
    flags: '--async',
    meaning: 'show what set what going, and what it waited for, in place of the functions and the call tree',
    initial: false,
    initialText: '',
  }),
  top: option<number>({
    flags: '--top <n>',
    meaning: 'how many functions the table shows',
    initial: 20,
    initialText: '20',
    read: readCount,
  }),
  sort: option<FunctionOrder>({
    flags: '--sort <column>',
    meaning: 'order of the table: self, total, calls or name',
    initial: 'self',
    initialText: 'self',
    read: (text, flag) => readChoice(FUNCTION_ORDERS, text, flag),
  }),
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
  inverted: option<boolean>({
    flags: '--inverted',
    meaning: 'show the call tree from the other end: functions, and below each who called it',
    initial: false,
    initialText: '',
  }),
  ...PART,
  raw: option<boolean>({
    flags: '--raw',
    meaning: 'show times as they were recorded, with what the probes cost',
    initial: false,
    initialText: '',
  }),
  ...READING,
} satisfies OptionTable

/** Options of `tracer convert`. */
export const CONVERT_OPTIONS = {
  output: option<string>({
    flags: '-o, --output <file>',
    meaning: 'the file to write; its ending chooses the format',
    initial: '',
    initialText: '',
    read: (text) => text,
  }),
  from: option<string | undefined>({
    flags: '--from <package>',
    meaning: 'a serializer of your own, a package or ./file, which is asked first whether it reads the input',
    initial: undefined,
    initialText: '',
    read: (text) => text,
  }),
  include: { ...RUN_OPTIONS.include, meaning: 'keep only calls of functions in files that match one of these' },
  exclude: { ...RUN_OPTIONS.exclude, meaning: 'leave out calls of functions in files that match one of these' },
  maxDepth: { ...RUN_OPTIONS.maxDepth, meaning: 'keep calls down to this depth of the stack' },
  minDuration: { ...RUN_OPTIONS.minDuration, meaning: 'keep calls that took at least this long: 500ns, 10us, 1ms, 2s' },
  range: { ...PART.range, meaning: 'keep what ran between two moments, from the start of the trace: 10ms..20ms, 1s..' },
  ...WRITING,
  quiet: SUMMARY.quiet,
} satisfies OptionTable

/** Options of `tracer combine`. */
export const COMBINE_OPTIONS = {
  output: CONVERT_OPTIONS.output,
  align: option<AlignMethod>({
    flags: '--align <how>',
    meaning:
      'what puts the files on one time axis: marker, clock (of the wall), start, or auto: the best of what they have in common',
    initial: 'auto',
    initialText: 'auto',
    read: (text, flag) => readChoice(ALIGN_METHODS, text, flag),
  }),
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

/** Options of `tracer info`. */
export const INFO_OPTIONS = {
  json: option<boolean>({
    flags: '--json',
    meaning: 'print one line of JSON for programs',
    initial: false,
    initialText: '',
  }),
  ...READING,
} satisfies OptionTable

/** Options of `tracer view`. */
export const VIEW_OPTIONS = {
  port: option<number>({
    flags: '--port <n>',
    meaning: 'where to listen, on 127.0.0.1',
    initial: 0,
    initialText: 'a free one',
    read: readPort,
  }),
  open: option<boolean>({
    flags: '--no-open',
    meaning: 'print the address and open no browser',
    initial: true,
    initialText: '',
  }),
  once: option<boolean>({
    flags: '--once',
    meaning: 'end when the page and its file were loaded',
    initial: false,
    initialText: '',
  }),
  source: option<readonly string[]>({
    flags: '--source <folder>',
    meaning: 'let the page show source files of this folder; it can be given again',
    initial: [],
    initialText: '',
    read: (text, _, before) => [...before, text],
  }),
} satisfies OptionTable

/** Options of `tracer recover`. */
export const RECOVER_OPTIONS = { output: OUTPUT, ...WRITING, ...SUMMARY } satisfies OptionTable

export type RunOptions = OptionValues<typeof RUN_OPTIONS>
export type InstrumentOptions = OptionValues<typeof INSTRUMENT_OPTIONS>
export type ReportOptions = OptionValues<typeof REPORT_OPTIONS>
export type RecoverOptions = OptionValues<typeof RECOVER_OPTIONS>
export type ConvertOptions = OptionValues<typeof CONVERT_OPTIONS>
export type ViewOptions = OptionValues<typeof VIEW_OPTIONS>
export type CombineOptions = OptionValues<typeof COMBINE_OPTIONS>
export type InfoOptions = OptionValues<typeof INFO_OPTIONS>
