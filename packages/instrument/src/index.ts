export { instrument } from './instrument.js'
export { detectFormat, languageOf } from './parse.js'
export type {
  FileSkipReason,
  FunctionSkipReason,
  InstrumentOptions,
  InstrumentResult,
  Instrumented,
  ModuleFormat,
  Skipped,
  SourceLanguage,
  SourceMap,
} from './options.js'
export { overflowOfParser } from './parser-stack.js'
export type { Insertions } from './recorded-edits.js'
export { PROBE_NAMES, type ProbeName } from './probe-text.js'
