import type { Instrumented, InstrumentOptions, InstrumentResult } from '@tracer/instrument'
import type { CompiledTypeScript, Transforms } from './module-instrumenter.js'
import { relocated } from './relocation.js'
import type { CacheEntry, TransformCache } from './transform-cache.js'

/**
 * Transforms that ask the cache first. When all is there, the parser is not even loaded. What
 * could not be transformed is not kept.
 */
export function cachedTransforms(load: () => Transforms, cache: TransformCache): Transforms {
  return {
    instrument: (code, options) => {
      const key = cache.key('instrument', parametersOf(options), code)
      const found = cache.read(key)
      if (found !== undefined) {
        return fromEntry(found, options.firstSiteId, () => load().instrument(code, options))
      }
      const result = load().instrument(code, options)
      if (!('skipped' in result)) cache.write(key, toEntry(result, options.firstSiteId))
      return result
    },
    compileTypeScript: (code, file, format) => {
      const key = cache.key('compile', [file, format], code)
      const found = cache.read(key)
      // Written below, by the same version.
      if (found !== undefined) return { code: found.text, map: found.facts as CompiledTypeScript['map'] }
      const compiled = load().compileTypeScript(code, file, format)
      cache.write(key, { facts: compiled.map, text: compiled.code })
      return compiled
    },
    detectFormat: (code, file, language) => {
      const key = cache.key('format', [file, language], code)
      const found = cache.read(key)?.text
      if (found === 'module' || found === 'commonjs') return found
      const format = load().detectFormat(code, file, language)
      cache.write(key, { facts: null, text: format })
      return format
    },
  }
}

/** What is kept of an instrumented text besides itself. */
interface InstrumentedFacts extends Pick<Instrumented, 'sites' | 'isErasable' | 'functionsSkipped'> {
  readonly firstSiteId: number
  readonly offset: readonly number[]
  readonly length: readonly number[]
}

function toEntry(result: Instrumented, firstSiteId: number): CacheEntry {
  const { code, sites, isErasable, functionsSkipped, insertions } = result
  const [offset, length] = [Array.from(insertions.offset), Array.from(insertions.length)]
  const facts: InstrumentedFacts = { firstSiteId, sites, isErasable, functionsSkipped, offset, length }
  return { facts, text: code }
}

function fromEntry({ facts, text }: CacheEntry, firstSiteId: number, again: () => InstrumentResult): Instrumented {
  // Written above, by the same version.
  const { firstSiteId: keptId, offset, length, ...rest } = facts as InstrumentedFacts
  const insertions = { offset: Int32Array.from(offset), length: Int32Array.from(length) }
  const moved = relocated({ code: text, insertions }, firstSiteId - keptId)
  return {
    ...rest,
    ...moved,
    map: () => {
      const result = again()
      if ('skipped' in result) throw new Error(`${result.message}, although it was instrumented before`)
      return result.map()
    },
  }
}

/** Everything but the first site id, which is put in again. */
function parametersOf(options: InstrumentOptions): string[] {
  const { file, format, language = '', probeModule, probeGlobal, trivialFunctions = '', inputMap } = options
  const map = typeof inputMap === 'string' ? inputMap : JSON.stringify(inputMap ?? null)
  return [file, format, language, probeModule, probeGlobal, trivialFunctions, map]
}
