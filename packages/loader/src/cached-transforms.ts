import type { InstrumentOptions } from '@tracer/instrument'
import type { CheckedResult, CompiledTypeScript, InstrumentedModule, Transforms } from './module-instrumenter.js'
import { relocated } from './relocation.js'
import type { CacheEntry, CacheKey, TransformCache } from './transform-cache.js'

/**
 * Transforms that ask the cache first. When all is there, the parser is not even loaded. What
 * could not be transformed is not kept.
 */
export function cachedTransforms(load: () => Transforms, cache: TransformCache): Transforms {
  return {
    instrument: (code, options) => {
      const key: CacheKey = { kind: 'instrument', parameters: parametersOf(options), input: code }
      const found = cache.read(key)
      if (found !== undefined) {
        return fromEntry(found, key, options.firstSiteId, () => load().instrument(code, options))
      }
      const result = load().instrument(code, options)
      if ('skipped' in result) return result
      cache.write(key, toEntry(result, options.firstSiteId))
      return { ...result, kept: { key, learned: [] } }
    },
    compileTypeScript: (code, file, format) => {
      const key: CacheKey = { kind: 'compile', parameters: [file, format], input: code }
      const found = cache.read(key)
      // Written below, by the same version.
      if (found !== undefined) return { code: found.text, map: found.facts as CompiledTypeScript['map'] }
      const compiled = load().compileTypeScript(code, file, format)
      cache.write(key, { facts: compiled.map, sites: '', numbers: NO_NUMBERS, text: compiled.code })
      return compiled
    },
    detectFormat: (code, file, language) => {
      const key: CacheKey = { kind: 'format', parameters: [file, language], input: code }
      const found = cache.read(key)?.text
      if (found === 'module' || found === 'commonjs') return found
      const format = load().detectFormat(code, file, language)
      cache.write(key, { facts: null, sites: '', numbers: NO_NUMBERS, text: format })
      return format
    },
  }
}

/**
 * Changes what is known of the sites of a module that `instrument` left in the cache, if it is there still.
 * Of two that do so at once, one may be forgotten.
 */
export function updateLearned(
  cache: TransformCache,
  key: CacheKey,
  change: (learned: readonly number[]) => readonly number[],
): void {
  const entry = cache.read(key)
  if (entry === undefined) return
  // Written below, by the same version.
  const facts = entry.facts as InstrumentedFacts
  cache.write(key, { ...entry, facts: { ...facts, learned: change(facts.learned ?? []) } })
}

// Taken now, as the program may put another in its place; used for node:crypto, which takes 4 ms to load.
const { getBuiltinModule } = process

const NO_NUMBERS = new Int32Array()

/** What is kept of an instrumented text besides itself, its sites and its insertions. */
interface InstrumentedFacts extends Pick<
  InstrumentedModule,
  'siteCount' | 'isErasable' | 'mayImport' | 'functionsSkipped'
> {
  /** JSON has no undefined. */
  readonly inputMapProblem?: string
  readonly firstSiteId: number
  readonly learned?: readonly number[]
}

function toEntry(result: InstrumentedModule, firstSiteId: number): CacheEntry {
  const { code, siteCount, sites, isErasable, mayImport, functionsSkipped, inputMapProblem, insertions } = result
  const facts: InstrumentedFacts = {
    firstSiteId,
    siteCount,
    isErasable,
    mayImport,
    functionsSkipped,
    ...(inputMapProblem === undefined ? {} : { inputMapProblem }),
  }
  const numbers = new Int32Array(2 * insertions.offset.length)
  numbers.set(insertions.offset)
  numbers.set(insertions.length, insertions.offset.length)
  return { facts, sites, numbers, text: code }
}

function fromEntry(
  { facts, sites, numbers, text }: CacheEntry,
  key: CacheKey,
  firstSiteId: number,
  again: () => CheckedResult,
): InstrumentedModule {
  // Written above, by the same version.
  const { firstSiteId: keptId, inputMapProblem, learned = [], ...rest } = facts as InstrumentedFacts
  const half = numbers.length / 2
  const insertions = { offset: numbers.subarray(0, half), length: numbers.subarray(half) }
  const moved = relocated({ code: text, insertions }, firstSiteId - keptId)
  return {
    ...rest,
    ...moved,
    inputMapProblem,
    sites,
    kept: { key, learned },
    map: () => {
      const result = again()
      if ('skipped' in result) throw new Error(`${result.message}, although it was instrumented before`)
      return result.map()
    },
  }
}

/** Everything but the first site id, which is put in again. Source maps, which are long, count by their hash. */
function parametersOf(options: InstrumentOptions): string[] {
  const {
    file,
    format,
    language = '',
    probeModule,
    probeGlobal,
    trivialFunctions = '',
    promiseCallbacks = '',
    coverage = '',
    inputMap,
  } = options
  const map = typeof inputMap === 'object' ? JSON.stringify(inputMap) : inputMap
  const mapHash = map === undefined ? '' : getBuiltinModule('node:crypto').createHash('sha1').update(map).digest('hex')
  return [file, format, language, probeModule, probeGlobal, trivialFunctions, promiseCallbacks, coverage, mapHash]
}
