import type { Site, SiteId } from '@tracer/core'
import type { Insertions } from './recorded-edits.js'

/**
 * How a file's text becomes a module; decides where the probes come from. `unknown` takes a text
 * with `import`, `export` or a top-level `await` for a module, as Node.js does. A `script` has no
 * slice for its own body, because its last value counts.
 */
export type ModuleFormat = 'module' | 'commonjs' | 'script' | 'unknown'

/** What {@link instrument} needs to know of a file besides its text. */
export interface InstrumentOptions {
  /** Absolute path or `file:` URL of the file; stands in the sites unless a source map says better. */
  readonly file: string
  readonly format: ModuleFormat
  /** Language of the text; by default told by the file's extension. */
  readonly language?: SourceLanguage
  /** The id of the first site; the others count up from it in the order of the text. */
  readonly firstSiteId: SiteId
  /** Where an ES module imports its probes from: the URL of a module that exports {@link PROBE_NAMES}. */
  readonly probeModule: string
  /** Property of the global object that holds the same, for CommonJS and scripts. */
  readonly probeGlobal: string
  /**
   * What becomes of functions that are over as soon as they begin, such as `get size() { return this.n }`:
   * by default they are left alone, because a probe would cost many times what they do.
   */
  readonly trivialFunctions?: 'skip' | 'trace'
  /**
   * Whether functions that are written as arguments of `then`, `catch` and `finally` keep when they were given to the
   * promise, for which they are put into another function; by default they do not.
   */
  readonly promiseCallbacks?: 'leave' | 'follow'
  /**
   * Whether V8 counts what runs of the text: then messages name a probe where they would say *(intermediate value)* of
   * what is awaited or yielded. By default they do not, for which V8 counts what follows an `await` although it never ran.
   */
  readonly coverage?: 'none' | 'taken'
  /** Source map of the text, as JSON or parsed; gives sites their original names and positions. */
  readonly inputMap?: string | object
}

/** What a file is written in, told by its extension unless it is given. */
export type SourceLanguage = 'js' | 'jsx' | 'ts' | 'tsx'

/** What became of a file: the text with probes, or the reason why it has to run as it is. */
export type InstrumentResult = Instrumented | Skipped

/** A file that has probes now, and what is known of it. */
export interface Instrumented {
  /** The text with probes; every line still begins where it did. */
  readonly code: string
  /** What was inserted where; taking it out gives the text as it was. */
  readonly insertions: Insertions
  /**
   * An ES module's text as a script that V8 accepts when it accepts the module, but for `<!--` and
   * `-->`, which begin comments in scripts: what it imports and exports is left out and its body
   * stands in a function. `node:vm` can check it without running it. Undefined for other formats,
   * which can be checked as they are.
   */
  readonly asScript: () => string | undefined
  /** Source map (version 3) from `code` to the original source, made when it is asked for. */
  readonly map: () => SourceMap
  /** The sites in the order of their ids, from `firstSiteId`. */
  readonly sites: readonly Site[]
  /** Whether the text is JavaScript once its types are blanked out: no enums, no JSX, no decorators. */
  readonly isErasable: boolean
  /** Whether it is an ES module, calls `import(…)`, or may have text evaluated that does. */
  readonly mayImport: boolean
  /** Functions that were left as they are, by reason. */
  readonly functionsSkipped: Readonly<Partial<Record<FunctionSkipReason, number>>>
  /** Why `inputMap` was not used, so that positions are those of the text; undefined as a rule. */
  readonly inputMapProblem: string | undefined
}

/** A file that has to run as it is, and why. */
export interface Skipped {
  readonly skipped: FileSkipReason
  /** What is the matter, in a sentence. */
  readonly message: string
}

/** Why a file runs without probes. */
export type FileSkipReason =
  /** There is nothing to run in it. */
  | 'empty'
  /** The parser rejects it; running it shows the error the program would have shown. */
  | 'syntax-error'
  /** It is nested too deeply for the parser, or would be for V8 once it has probes. */
  | 'too-deep'
  /** It declares both `globalThis` and `global`, so that CommonJS probes cannot be reached. */
  | 'shadowed-global'

/** Why a function has no probe. */
export type FunctionSkipReason =
  /** A `@notrace` comment stands before it. */
  | 'notrace'
  /** It is over as soon as it begins, and no `@trace` comment stands before it. */
  | 'trivial'
  /** Its body cannot move into a block: a function in it shares its name with a variable or a parameter. */
  | 'conflicting-declarations'
  /** It is in a `with` statement, which sees the names of the probes, or it suspends and has one in it. */
  | 'with-statement'
  /** It begins within a call such as `assert(…)`, on its line, which Node.js shows when the assertion fails. */
  | 'assertion'

/** The parts of a version 3 source map. */
export interface SourceMap {
  readonly version: 3
  readonly file?: string
  readonly sources: readonly (string | null)[]
  readonly sourcesContent?: readonly (string | null)[]
  readonly names: readonly string[]
  readonly mappings: string
}
