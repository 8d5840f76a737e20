import type { SiteId } from '@tracer/core'
import type {
  Insertions,
  Instrumented,
  InstrumentOptions,
  ModuleFormat,
  Skipped,
  SourceLanguage,
} from '@tracer/instrument'
import type { NewModuleReport } from '@tracer/spool'
import { dirname, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SentText } from './instrumented-texts.js'
import { PROBE_GLOBAL } from './probe-global.js'
import type { Selection } from './selection.js'
import { transformedByNode, transformsTypes } from './transformed-types.js'
import type { SiteIds } from './site-ids.js'
import type { CacheKey } from './transform-cache.js'
import { shownFile } from './data-url.js'
import { rejectionOf } from './rejection.js'
import { inlineSourceMap, sourceMapOf } from './source-map-comment.js'

/** The heavy half of the loader, loaded when the first file is to be instrumented. */
export interface Transforms {
  /** Texts of ES modules come checked: V8 accepts them. */
  readonly instrument: (code: string, options: InstrumentOptions) => CheckedResult
  /** TypeScript to JavaScript with a source map. @throws Error for a syntax error. */
  readonly compileTypeScript: (code: string, file: string, format: ModuleFormat) => CompiledTypeScript
  /** What Node.js takes a text for whose format nothing declares. */
  readonly detectFormat: (code: string, file: string, language: SourceLanguage) => ModuleFormat
}

/** What became of a text: with probes, or why it has to run as it is. */
export type CheckedResult = InstrumentedModule | Skipped | Rejected

/** V8 rejects the text with probes; it may accept the text as it is. */
export interface Rejected {
  readonly skipped: 'rejected'
  readonly message: string
}

/** An instrumented text. Its sites are JSON text, as they are reported: nobody here needs to read them. */
export interface InstrumentedModule extends Omit<Instrumented, 'asScript' | 'sites'> {
  readonly siteCount: number
  /** JSON text of packed sites, in the order of their ids. */
  readonly sites: string
  /** Where it is kept for later runs; undefined when it is not. */
  readonly kept?: KeptModule
}

/** An instrumented text in the cache. */
export interface KeptModule {
  readonly key: CacheKey
  /** Sites that are to begin tick-checked, by index, as earlier runs learned. */
  readonly learned: readonly number[]
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
  readonly #report: (report: NewModuleReport) => void
  readonly #keep: (text: SentText) => void
  readonly #forget: (file: string) => void
  readonly #probeModule: string
  readonly #ownFolder: string
  readonly #siteIds: SiteIds
  readonly #trivialFunctions: 'skip' | 'trace'
  readonly #promiseCallbacks: 'leave' | 'follow'
  readonly #coverage: 'none' | 'taken'
  readonly #needsMaps: boolean
  readonly #isLearning: boolean
  #isBusy = false

  constructor(options: ModuleInstrumenterOptions) {
    this.#selection = options.selection
    this.#transforms = options.transforms
    this.#report = options.report
    this.#keep = options.keep
    this.#forget = options.forget ?? ((): void => undefined)
    this.#probeModule = options.probeModule
    this.#ownFolder = dirname(fileURLToPath(options.probeModule)) + sep
    this.#siteIds = options.siteIds
    this.#trivialFunctions = options.isExact ? 'trace' : 'skip'
    this.#promiseCallbacks = options.followsPromises === true ? 'follow' : 'leave'
    this.#coverage = options.isCovered === true ? 'taken' : 'none'
    this.#needsMaps = options.needsMaps
    this.#isLearning = options.isLearning ?? false
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
    const ending = (result: InstrumentedModule): string => (this.#needsMaps ? inlineSourceMap(result.map()) : '')
    return this.#instrumented(source, sourceMapOf(source.code, source.file) ?? {}, ending) ?? source.code
  }

  /**
   * JavaScript with probes for TypeScript that Node.js will run by blanking out the types;
   * `isErasable` is false when it could not, and the text has been compiled.
   */
  instrumentTypeScript(source: ModuleSource): { readonly code: string; readonly isErasable: boolean } {
    if (transformsTypes()) return this.#instrumentTransformed(source)
    const result = this.#attempt(source, undefined)
    if (!('skipped' in result) && !result.isErasable) {
      return { code: this.compileAndInstrument(source), isErasable: false }
    }
    return { code: this.#accept(source, result, () => '') ?? source.code, isErasable: true }
  }

  /** Under `--experimental-transform-types` Node.js prints the text anew, so the probes come after that. */
  #instrumentTransformed(source: ModuleSource): { readonly code: string; readonly isErasable: boolean } {
    const transformed = this.#whileBusy(() => transformedByNode(source))
    if (transformed === undefined) return { code: source.code, isErasable: true }
    return { code: this.instrument({ ...source, code: transformed, language: 'js' }), isErasable: false }
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
    const code = compiled.code + inlineSourceMap(compiled.map)
    return this.#instrumented({ ...source, code, language: 'js' }, { map: compiled.map }, () => '') ?? code
  }

  /** Reports a file that has to run as it is. */
  skip(file: string, reason: string, message: string): void {
    this.#report({ outcome: 'skipped', file: shownFile(file), reason, message })
  }

  /**
   * Takes back that a script or a CommonJS module was instrumented if V8 rejects the text, and tells
   * whether it did: then the file has to run as it is.
   */
  withdraw(file: string, text: string): boolean {
    // ES modules were checked before; what else can fail with them is not the text's fault.
    if (text.includes(`}from${JSON.stringify(this.#probeModule)};`)) return false
    const rejection = rejectionOf(`(function(){${text}\n})`)
    if (rejection === undefined) return false
    this.#forget(file)
    this.skip(file, 'rejected', rejection)
    return true
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
    return this.#whileBusy(() => work(this.#transforms()))
  }

  #whileBusy<Result>(work: () => Result): Result {
    const wasBusy = this.#isBusy
    this.#isBusy = true
    try {
      return work()
    } finally {
      this.#isBusy = wasBusy
    }
  }

  #instrumented(source: ModuleSource, found: MapOfText, ending: Ending): string | undefined {
    return this.#accept(source, this.#attempt(source, found.map), ending, found.problem)
  }

  /**
   * The program's hooks may come to load the parser, and what they call takes ids: then the text has those of others
   * and is made again. By then the parser is there, so that nobody comes between.
   */
  #attempt(source: ModuleSource, inputMap: string | object | undefined): Attempt {
    for (;;) {
      const firstSiteId = this.#siteIds.next
      const result = this.#attemptFrom(firstSiteId, source, inputMap)
      if (this.#siteIds.next === firstSiteId) return result
    }
  }

  #attemptFrom(firstSiteId: SiteId, source: ModuleSource, inputMap: string | object | undefined): Attempt {
    const { file, code, format, language } = source
    const options = {
      file: shownFile(file),
      format,
      language,
      firstSiteId,
      probeModule: this.#probeModule,
      probeGlobal: PROBE_GLOBAL,
      trivialFunctions: this.#trivialFunctions,
      promiseCallbacks: this.#promiseCallbacks,
      coverage: this.#coverage,
      ...(inputMap === undefined ? {} : { inputMap }),
    }
    try {
      return this.#guarded((transforms) => transforms.instrument(code, options))
    } catch (error) {
      return { skipped: 'failed', message: error instanceof Error ? error.message : String(error) }
    }
  }

  /** The text to run: the result, and what is put at its end. */
  #accept({ file }: ModuleSource, result: Attempt, ending: Ending, mapProblem?: string): string | undefined {
    if ('skipped' in result) {
      if (result.skipped !== 'empty') {
        this.skip(file, result.skipped, result.message)
      }
      return undefined
    }
    const firstSiteId = this.#siteIds.next
    if (!this.#siteIds.take(result.siteCount)) {
      const message = `it has ${result.siteCount - 1} functions, and its thread has fewer numbers left to tell them apart`
      this.skip(file, 'too-many-functions', message)
      return undefined
    }
    const end = ending(result)
    const code = result.code + end
    const insertions = end === '' ? result.insertions : withEnding(result.insertions, result.code.length, end.length)
    const isMapped = end !== ''
    // Before it is kept: what the recorder then does with its sites refers to this.
    this.#report({
      outcome: 'instrumented',
      file: shownFile(file),
      firstSiteId,
      sites: result.sites,
      functionsSkipped: result.functionsSkipped,
      ...reportOf(mapProblem ?? result.inputMapProblem),
    })
    const { mayImport } = result
    const { learned, key } = result.kept ?? { learned: [] }
    const learning = this.#isLearning && key !== undefined ? { cacheKey: key } : {}
    const endSiteId = this.#siteIds.next
    this.#keep({ file, code, insertions, isMapped, mayImport, firstSiteId, endSiteId, learned, ...learning })
    return code
  }
}

function withEnding({ offset, length }: Insertions, end: number, added: number): Insertions {
  return { offset: Int32Array.from([...offset, end]), length: Int32Array.from([...length, added]) }
}

export interface ModuleInstrumenterOptions {
  readonly selection: Selection
  readonly transforms: () => Transforms
  readonly report: (report: NewModuleReport) => void
  /** Takes what leads from an instrumented text back to the original one. */
  readonly keep: (text: SentText) => void
  /** Is told of a file whose text was kept and does not run after all. */
  readonly forget?: (file: string) => void
  /** URL of the module that ES modules import the probes from. */
  readonly probeModule: string
  readonly siteIds: SiteIds
  /** Whether trivial functions get a probe too. */
  readonly isExact: boolean
  /** Whether callbacks of promises are to keep when they were given to them. */
  readonly followsPromises?: boolean
  /** Whether Node.js takes the coverage of the program. */
  readonly isCovered?: boolean
  /**
   * Whether texts are to carry a source map: for debuggers, which see the text that runs, and for coverage that
   * cannot be led back, of workers that are terminated.
   */
  readonly needsMaps: boolean
  /** Whether something is to be learned of the modules. */
  readonly isLearning?: boolean
}

/** What is put at the end of an instrumented text: its source map, or nothing. */
type Ending = (result: InstrumentedModule) => string

/** A text's source map, if it has one, and why not, if it should have. */
interface MapOfText {
  readonly map?: string | object
  readonly problem?: string
}

function reportOf(sourceMapProblem: string | undefined): { readonly sourceMapProblem?: string } {
  return sourceMapProblem === undefined ? {} : { sourceMapProblem }
}

/** Beyond what `instrument` gives: it failed, which is a fault of ours and must not become the program's. */
type Attempt = CheckedResult | { readonly skipped: 'failed'; readonly message: string }
