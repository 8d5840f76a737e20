/**
 * The preload: `node --require @tracer/loader/register` or `--import`. Sets up recording on the
 * thread it is loaded in, before the program's first line.
 */
import { monotonicClock } from '@tracer/core/node'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { cachedTransforms } from './cached-transforms.js'
import { hookExit } from './exit-hook.js'
import { hookFatalException } from './fatal-hook.js'
import { isHooksThread } from './hooks-thread-check.js'
import { hookImport } from './import-hook.js'
import { ModuleInstrumenter, type Transforms } from './module-instrumenter.js'
import { mayStartWithModules } from './module-entry.js'
import { isTypeScript } from './module-text.js'
import { featuresOf } from './node-features.js'
import { commonJsLoader } from './node-internals.js'
import { PROBE_GLOBAL, provideProbes } from './probe-global.js'
import { optionsFrom, SESSION_VARIABLE } from './record-options.js'
import { InstrumentedTexts } from './instrumented-texts.js'
import { hookRequire } from './require-hook.js'
import { Selection } from './selection.js'
import { needsSourceMaps } from './source-map-comment.js'
import { SiteIds } from './site-ids.js'
import { hookStackTraces } from './stack-hook.js'
import { ThreadRecorder } from './thread-recorder.js'
import { transformCache } from './transform-cache.js'
import { hookFunctionToString } from './to-string-hook.js'

/** What the parser asks for; asking for all would make those that Node.js makes when they are looked at. */
const LAZY_GLOBALS = ['TextDecoder', 'TextEncoder', 'atob', 'btoa'] as const

if (!(PROBE_GLOBAL in globalThis) && !isHooksThread()) register()
Reflect.deleteProperty(commonJsLoader._cache, __filename)

function register(): void {
  const options = optionsFrom(process.env)
  const folder = sessionFolder()
  const features = featuresOf(process.versions.node)
  const recorder = new ThreadRecorder(folder, monotonicClock(), options)
  const texts = new InstrumentedTexts()
  const probeModule = pathToFileURL(join(__dirname, 'probes.mjs')).href
  const instrumenter = new ModuleInstrumenter({
    selection: new Selection(options),
    transforms: lazyTransforms(),
    report: (report) => recorder.reportModule(report),
    keep: (text) => texts.add(text),
    probeModule,
    siteIds: new SiteIds(1),
    needsMaps: needsSourceMaps(process.env),
  })
  provideProbes(recorder.probes)
  if (!features.typeScript && isTypeScript(process.argv[1] ?? '')) process.setSourceMapsEnabled(true)
  const beforeText = hookImport({
    instrumenter,
    texts,
    features,
    hooksThread: {
      isNeeded: !isMainThread || mayStartWithModules(process.argv, nodeOptions()),
      url: pathToFileURL(join(__dirname, 'hooks-thread.mjs')).href,
      data: { options, folder, space: recorder.space, probeModule },
    },
  })
  hookRequire({ instrumenter, texts, features, beforeText, calls: recorder })
  hookStackTraces(texts, __dirname + sep)
  hookFunctionToString(texts)
  hookFatalException(texts)
  hookExit(recorder)
}

function nodeOptions(): string[] {
  return [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/)]
}

/** Without a parent that says where, the session lies in the working directory. */
function sessionFolder(): string {
  const folder = process.env[SESSION_VARIABLE] ?? `tracer-session-${process.pid}`
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    // Then the spool cannot be opened either, and the program runs unrecorded.
  }
  return folder
}

/**
 * The parser and its tools take some 20 ms to load: not before the first module that is traced,
 * and not at all when the cache has what they would make.
 */
function lazyTransforms(): () => Transforms {
  const bundle = join(__dirname, 'transforms.cjs')
  let transforms: Transforms | undefined
  const load = (): Transforms => (transforms ??= unlisted(() => requireTransforms(bundle)))
  const cache = transformCache(process.env, bundle)
  const cached = cache === undefined ? undefined : cachedTransforms(load, cache)
  return () => cached ?? load()
}

/** The parser loads parts of itself when it is first used: so it is used, on next to nothing. */
function requireTransforms(bundle: string): Transforms {
  const { transforms } = createRequire(__filename)(bundle) as { readonly transforms: Transforms }
  const options = { file: bundle, format: 'commonjs', probeModule: '', probeGlobal: PROBE_GLOBAL } as const
  transforms.instrument('0', { ...options, firstSiteId: new SiteIds(1).next })
  return transforms
}

/**
 * The program's `require.cache` holds the program's modules only, and globals that Node.js makes
 * when they are first asked for are still to be made.
 */
function unlisted<Result>(load: () => Result): Result {
  const known = new Set(Object.keys(commonJsLoader._cache))
  const lazy = LAZY_GLOBALS.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  const result = load()
  for (const file of Object.keys(commonJsLoader._cache)) {
    if (!known.has(file)) Reflect.deleteProperty(commonJsLoader._cache, file)
  }
  for (const [name, descriptor] of lazy) {
    if (descriptor?.configurable === true) Object.defineProperty(globalThis, name, descriptor)
  }
  return result
}
