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
export type { Insertions } from './recorded-edits.js'
export { PROBE_NAMES, type ProbeArrays, type ProbeFunction, type ProbeName } from './probe-text.js'
