import { traceSites, type ThreadMemory } from '@tracer/recorder'
import { modulesFileName, SpoolWriter } from '@tracer/spool'
import { createRequire, type InitializeHook, type LoadHook, type ResolveHook } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MessagePort } from 'node:worker_threads'
import { cachedTransforms } from './cached-transforms.js'
import { candidatesFor, instrumentLoaded, isUnknownTypeScript, loadTypeScript } from './load-hooks.js'
import { ModuleInstrumenter, type Transforms } from './module-instrumenter.js'
import type { RecordOptions } from './record-options.js'
import { Selection } from './selection.js'
import { SiteIds } from './site-ids.js'
import { transformCache } from './transform-cache.js'
import { COMPILER_HELPERS } from './typescript-resolution.js'

/** What the hooks are told when they are registered. */
export interface HooksThreadData {
  readonly options: RecordOptions
  readonly folder: string
  /** Names the thread whose modules these hooks load. */
  readonly space: string
  readonly probeModule: string
  /** Where the probes of that thread look up what to do. */
  readonly memory: Pick<ThreadMemory, 'modes' | 'control'>
  readonly isCovered: boolean
  readonly needsMaps: boolean
  /** Where the instrumented texts are sent. */
  readonly port: MessagePort
  readonly generation: {
    /** Number of the newest registration; the others let everything pass. */
    readonly shared: Int32Array
    readonly own: number
  }
  /** Number of site ids that all registrations together have handed out. */
  readonly siteIdsTaken: Int32Array
}

/** Set once, by `initialize`, before any other hook runs. */
let hooks: { readonly data: HooksThreadData; readonly instrumenter: ModuleInstrumenter } | undefined

export const initialize: InitializeHook<HooksThreadData> = (data) => {
  let spool: SpoolWriter | undefined
  const bundle = fileURLToPath(new URL('./transforms.cjs', import.meta.url))
  // The program waits for this thread to start: the parser is loaded when there is something to parse.
  const load = (): Transforms => {
    const loaded = createRequire(import.meta.url)(bundle) as { readonly transforms: Transforms }
    return loaded.transforms
  }
  const cache = transformCache(process.env, bundle)
  const cached = cache === undefined ? undefined : cachedTransforms(load, cache)
  hooks = {
    data,
    instrumenter: new ModuleInstrumenter({
      selection: new Selection(data.options),
      transforms: () => cached ?? load(),
      report: (report) => {
        try {
          spool ??= new SpoolWriter(join(data.folder, modulesFileName(data.space)))
          spool.writeModule(report)
        } catch {
          // A full disk must not stop the program from loading; the reader shows unknown functions.
        }
      },
      keep: (text) => {
        traceSites(data.memory, text.firstSiteId, text.endSiteId, text.learned)
        data.port.postMessage(text)
      },
      probeModule: data.probeModule,
      siteIds: SiteIds.ofHooks(data.siteIdsTaken),
      isExact: data.options.exact ?? false,
      followsPromises: data.options.async ?? false,
      isCovered: data.isCovered,
      needsMaps: data.needsMaps,
      isLearning: data.options.learn ?? false,
    }),
  }
}

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  if (active() === undefined) return nextResolve(specifier, context)
  if (specifier.startsWith(COMPILER_HELPERS)) {
    return nextResolve(specifier, { ...context, parentURL: import.meta.url })
  }
  try {
    return await nextResolve(specifier, context)
  } catch (error) {
    for (const candidate of candidatesFor(specifier, context.parentURL, error)) {
      try {
        return await nextResolve(candidate, context)
      } catch {
        // The first error says what the program asked for.
      }
    }
    throw error
  }
}

export const load: LoadHook = async (url, context, nextLoad) => {
  const instrumenter = active()
  if (instrumenter === undefined) return nextLoad(url, context)
  try {
    const loaded = await nextLoad(url, context)
    return { ...loaded, ...instrumentLoaded(url, loaded, instrumenter, undefined) }
  } catch (error) {
    if (!isUnknownTypeScript(url, error)) throw error
    return loadTypeScript(url, instrumenter)
  }
}

function active(): ModuleInstrumenter | undefined {
  if (hooks === undefined) return undefined
  const { shared, own } = hooks.data.generation
  return Atomics.load(shared, 0) === own ? hooks.instrumenter : undefined
}
