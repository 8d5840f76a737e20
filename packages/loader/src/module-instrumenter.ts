import type { InstrumentOptions, InstrumentResult, ModuleFormat, SourceLanguage } from '@tracer/instrument'
import { packSite, type ModuleReport } from '@tracer/spool'
import { dirname, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SentText } from './instrumented-texts.js'
import { PROBE_GLOBAL } from './probe-global.js'
import type { Selection } from './selection.js'
import type { SiteIds } from './site-ids.js'
import { inlineSourceMap, sourceMapOf } from './source-map-comment.js'

/** The heavy half of the loader, loaded when the first file is to be instrumented. */
export interface Transforms {
  readonly instrument: (code: string, options: InstrumentOptions) => InstrumentResult
  /** TypeScript to JavaScript with a source map. @throws Error for a syntax error. */
  readonly compileTypeScript: (code: string, file: string, format: ModuleFormat) => CompiledTypeScript
  /** What Node.js takes a text for whose format nothing declares. */
  readonly detectFormat: (code: string, file: string, language: SourceLanguage) => ModuleFormat
}

export interface CompiledTypeScript {
  readonly code: string
  readonly map: object
}

/** A module's text and what is known of it. */
export interface ModuleSource {
  /** Absolute path. */
  readonly file: string
  readonly code: string
  readonly format: ModuleFormat
  readonly language: SourceLanguage
}

/** Instruments the modules of one thread and reports what became of each; never throws. */
export class ModuleInstrumenter {
  readonly #selection: Selection
  readonly #transforms: () => Transforms
  readonly #report: (report: ModuleReport) => void
  readonly #keep: (text: SentText) => void
  readonly #probeModule: string
  readonly #ownFolder: string
  readonly #siteIds: SiteIds
  readonly #trivialFunctions: 'skip' | 'trace'
  readonly #needsMaps: boolean
  #isBusy = false

  constructor(options: ModuleInstrumenterOptions) {
    this.#selection = options.selection
    this.#transforms = options.transforms
    this.#report = options.report
    this.#keep = options.keep
    this.#probeModule = options.probeModule
    this.#ownFolder = dirname(fileURLToPath(options.probeModule)) + sep
    this.#siteIds = options.siteIds
    this.#trivialFunctions = options.isExact ? 'trace' : 'skip'
    this.#needsMaps = options.needsMaps
  }

  /** Whether it is at work: what is loaded meanwhile are the parser's own modules. */
  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Whether a file is to be traced; counts it among the filtered ones if not. */
  selects(file: string): boolean {
    if (file.startsWith(this.#ownFolder)) return false
    const reason = this.#selection.filterReason(file)
    if (reason !== undefined) this.#report({ outcome: 'filtered', reason, count: 1 })
    return reason === undefined
  }

  /** The text with probes, or the text as it was. */
  instrument(source: ModuleSource): string {
    const result = this.#instrumented(source, sourceMapOf(source.code, source.file))
    if (result === undefined) return source.code
    return this.#needsMaps ? result.code + inlineSourceMap(result.map()) : result.code
  }

  /**
   * JavaScript with probes for TypeScript that Node.js will run by blanking out the types;
   * `isErasable` is false when it could not, and the text has been compiled.
   */
  instrumentTypeScript(source: ModuleSource): { readonly code: string; readonly isErasable: boolean } {
    const result = this.#attempt(source, undefined)
    if (!('skipped' in result) && !result.isErasable) {
      return { code: this.compileAndInstrument(source), isErasable: false }
    }
    return { code: this.#accept(source, result)?.code ?? source.code, isErasable: true }
  }

  /** JavaScript for TypeScript, with probes if the file is to be traced. @throws Error when it cannot be compiled. */
  compile(source: ModuleSource): string {
    if (this.selects(source.file)) return this.compileAndInstrument(source)
    const compiled = this.#compile(source)
    return compiled.code + inlineSourceMap(compiled.map)
  }

  /**
   * Compiles TypeScript and instruments the result. The text ends with the source map of the
   * compiled text, because compiling moves lines: stacks are led back to that text, and by its map
   * to the source. @throws Error when it cannot be compiled.
   */
  compileAndInstrument(source: ModuleSource): string {
    const compiled = this.#compile(source)
    const instrumented = this.#instrumented({ ...source, code: compiled.code, language: 'js' }, compiled.map)
    if (instrumented === undefined) return compiled.code + inlineSourceMap(compiled.map)
    return instrumented.code + inlineSourceMap(compiled.map)
  }

  /** Reports a file that has to run as it is. */
  skip(file: string, reason: string, message: string): void {
    this.#report({ outcome: 'skipped', file, reason, message })
  }

  /** Whether a text whose format nothing declares is an ES module. */
  isModule({ code, file, language }: ModuleSource): boolean {
    return this.#guarded((transforms) => transforms.detectFormat(code, file, language)) === 'module'
  }

  #compile({ code, file, format }: ModuleSource): CompiledTypeScript {
    return this.#guarded((transforms) => transforms.compileTypeScript(code, file, format))
  }

  /** The parser loads more of itself when it is used, through the very hooks that call this. */
  #guarded<Result>(work: (transforms: Transforms) => Result): Result {
    const wasBusy = this.#isBusy
    this.#isBusy = true
    try {
      return work(this.#transforms())
    } finally {
      this.#isBusy = wasBusy
    }
  }

  #instrumented(source: ModuleSource, inputMap: string | object | undefined): Accepted | undefined {
    return this.#accept(source, this.#attempt(source, inputMap))
  }

  #attempt({ file, code, format, language }: ModuleSource, inputMap: string | object | undefined): Attempt {
    const options = {
      file,
      format,
      language,
      firstSiteId: this.#siteIds.next,
      probeModule: this.#probeModule,
      probeGlobal: PROBE_GLOBAL,
      trivialFunctions: this.#trivialFunctions,
      ...(inputMap === undefined ? {} : { inputMap }),
    }
    try {
      return this.#guarded((transforms) => transforms.instrument(code, options))
    } catch (error) {
      return { skipped: 'failed', message: error instanceof Error ? error.message : String(error) }
    }
  }

  #accept({ file }: ModuleSource, result: Attempt): Accepted | undefined {
    if ('skipped' in result) {
      if (result.skipped !== 'empty') {
        this.skip(file, result.skipped, result.message)
      }
      return undefined
    }
    const firstSiteId = this.#siteIds.next
    if (!this.#siteIds.take(result.sites.length)) {
      const functions = result.sites.filter(({ kind }) => kind === 'function').length
      const message = `it has ${functions} functions, and its thread has fewer numbers left to tell them apart`
      this.skip(file, 'too-many-functions', message)
      return undefined
    }
    const { code, insertions } = result
    this.#keep({ file, code, insertions, firstSiteId, endSiteId: this.#siteIds.next })
    this.#report({
      outcome: 'instrumented',
      file,
      firstSiteId,
      sites: result.sites.map(packSite),
      functionsSkipped: result.functionsSkipped,
    })
    return result
  }
}

export interface ModuleInstrumenterOptions {
  readonly selection: Selection
  readonly transforms: () => Transforms
  readonly report: (report: ModuleReport) => void
  /** Takes what leads from an instrumented text back to the original one. */
  readonly keep: (text: SentText) => void
  /** URL of the module that ES modules import the probes from. */
  readonly probeModule: string
  readonly siteIds: SiteIds
  /** Whether trivial functions get a probe too. */
  readonly isExact: boolean
  /** Whether texts are to carry a source map: for coverage tools, which count in the text that runs. */
  readonly needsMaps: boolean
}

/** Beyond what `instrument` gives: it failed, which is a fault of ours and must not become the program's. */
type Attempt = InstrumentResult | { readonly skipped: 'failed'; readonly message: string }

type Accepted = Exclude<InstrumentResult, { skipped: unknown }>
