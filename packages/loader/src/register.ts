/**
 * The preload: `node --require @tracer/loader/register` or `--import`. Sets up recording on the
 * thread it is loaded in, before the program's first line.
 */
import { takeMark } from '@tracer/adapter-process'
import { traceSites } from '@tracer/recorder'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { hookAssert } from './assert-hook.js'
import { builtInSites } from './built-in-sites.js'
import { cachedTransforms } from './cached-transforms.js'
import { hookChildren } from './child-processes.js'
import { hookCallSites } from './call-sites-hook.js'
import { hookCoverage, takesCoverage } from './coverage-hook.js'
import { hookExit, type ThreadEnd } from './exit-hook.js'
import { hidePreloadArgument } from './exec-argv.js'
import { hookFatalException } from './fatal-hook.js'
import { hideModule, withHiddenModules } from './hidden-modules.js'
import { isHooksThread } from './hooks-thread-check.js'
import { hookImport } from './import-hook.js'
import { ModuleInstrumenter, type Transforms } from './module-instrumenter.js'
import { mayStartWithModules } from './module-entry.js'
import { isTypeScript } from './module-text.js'
import { featuresOf } from './node-features.js'
import { PROBE_GLOBAL, provideProbes, type ProvidedProbes } from './probe-global.js'
import { birthOfThis, hookOtherThreads, hookThreadWaits, restoreEnvironment } from './other-threads.js'
import { hookThreads } from './own-threads.js'
import { optionsFrom, SESSION_VARIABLE } from './record-options.js'
import { InstrumentedTexts } from './instrumented-texts.js'
import { keepDecisions } from './learning.js'
import { withOwnBuiltins } from './own-builtins.js'
import { hookRequests, mayRequest } from './requests.js'
import { hookRequire } from './require-hook.js'
import { Selection } from './selection.js'
import { needsSourceMaps } from './source-map-comment.js'
import { watchSignals } from './signal-watch.js'
import { SiteIds } from './site-ids.js'
import { hookResources } from './resource-hook.js'
import { hookStackTraces } from './stack-hook.js'
import { needsRecorder, startRecording } from './recording.js'
import { transformCache, type TransformCache } from './transform-cache.js'
import { hookFunctionToString } from './to-string-hook.js'

// Above what runs now: `--eval` needs the transforms at once.
const PACKAGE_FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//

if (!(PROBE_GLOBAL in globalThis) && !isHooksThread()) register()
hideModule(__filename)

function register(): void {
  const features = featuresOf(process.versions.node)
  hookThreads(features.syncHooks ? 0 : 100)
  const birth = birthOfThis()
  const options = birth?.loader.options ?? optionsFrom(process.env)
  const folder = birth?.loader.folder ?? sessionFolder()
  const spawn = isMainThread ? takeMark(process.env) : undefined
  const identity = { threadName: birth?.name, spawn }
  const { recorder, memory, endings, start: startRecorder } = startRecording(folder, options, identity)
  const { modes, control } = memory
  const texts = new InstrumentedTexts()
  /** URLs of the folders that the loader's own modules lie in. */
  const ownFolders = new Set([pathToFileURL(__dirname + sep).href])
  const probeModule = pathToFileURL(join(__dirname, 'probes.mjs')).href
  const isCovered = takesCoverage()
  const needsMaps = needsSourceMaps(isMainThread, process.env, nodeOptions())
  const bundle = join(__dirname, 'transforms.cjs')
  const cache = transformCache(process.env, bundle)
  const isLearning = options.learn === true && cache !== undefined
  const siteIds = SiteIds.ofThread()
  const instrumenter = new ModuleInstrumenter({
    selection: new Selection(options),
    transforms: lazyTransforms(bundle, cache, ownFolders),
    report: (report) => recorder.reportModule(report),
    keep: (text) => {
      traceSites(memory, text.firstSiteId, text.endSiteId, text.learned)
      if (needsRecorder(text)) start()
      else catchSignals()
      if (mayRequest(text)) recordRequests()
      texts.add(text)
      beforeText(text.code, text.mayImport)
    },
    forget: (file) => texts.delete(file),
    probeModule,
    siteIds,
    isExact: options.exact ?? false,
    followsPromises: options.async ?? false,
    isCovered,
    needsMaps,
    isLearning,
  })
  const isHooked = recorder.resources !== undefined && hookResources(recorder.resources)
  provideProbes({ ...recorder.probes, recording: recorder } satisfies ProvidedProbes)
  if (!features.typeScript && mayCompileEntry()) process.setSourceMapsEnabled(true)
  const coverage = hookCoverage(texts, (url) => [...ownFolders].some((folder) => url.startsWith(folder)))
  const end = isLearning ? learningEnd(recorder, () => keepDecisions(texts.learning(), memory, cache)) : recorder
  const catchSignals = endings === undefined ? () => undefined : watchSignals(end, coverage, endings)
  /** Once there is something to record. */
  const start = (): void => {
    catchSignals()
    startRecorder()
  }
  let recordsRequests = false
  const recordRequests = (): void => {
    if (recordsRequests) return
    recordsRequests = true
    hookRequests(recorder.events, options)
  }
  const { enter, exit } = recorder.probes
  const probes = { enter, exit, events: recorder.events, sitesOf: builtInSites(recorder, memory, siteIds) }
  // Before a thread for load hooks is started, which sends messages that have to be counted.
  hookOtherThreads(probes, birth, { folder: resolve(folder), options })
  hookCallSites(texts, __dirname + sep)
  const loadAssert = hookAssert(texts)
  const isNeeded = !isMainThread || mayStartWithModules(process.argv, nodeOptions())
  // On Node 20 no text of an ES module is seen here, so everything is made ready for one.
  if (isNeeded && !features.syncHooks) {
    start()
    loadAssert()
    recordRequests()
  }
  if (options.propagate === true) recordRequests()
  const beforeImport = hookImport({
    instrumenter,
    texts,
    features,
    hooksThread: {
      isNeeded,
      isProgramsThread: nodeOptions().some((option) => /^--(experimental-)?loader\b/.test(option)),
      isShared: nodeOptions().some((option) => /^--(import|loader|experimental-loader)\b/.test(option)),
      url: pathToFileURL(join(__dirname, 'hooks-thread.mjs')).href,
      data: { options, folder, space: recorder.space, probeModule, memory: { modes, control }, isCovered, needsMaps },
    },
  })
  const beforeText = (text: string, mayImport = /\bimport\b/.test(text)): void => {
    if (features.syncHooks) return
    if (mayImport || text.includes('assert')) loadAssert()
    if (!mayImport) return
    start()
    beforeImport()
  }
  hookRequire({ instrumenter, texts, features, beforeText, calls: recorder })
  hookStackTraces(texts, __dirname + sep, isHooked)
  hookFunctionToString(texts)
  hookFatalException(texts, coverage)
  hookExit(end, coverage)
  hidePreloadArgument(__filename)
  hookThreadWaits(probes)
  restoreEnvironment(birth)
  hookChildren(recorder, { folder, options, spawn })
}

/** Does `learn` when a thread has ended for the first time. */
function learningEnd(recorder: ThreadEnd, learn: () => void): ThreadEnd {
  let hasLearned = false
  return {
    finish: (exitCode) => {
      recorder.finish(exitCode)
      if (hasLearned) return
      hasLearned = true
      try {
        withOwnBuiltins(learn)
      } catch {
        // Want of stack, deep down in the program; it ends all the same.
      }
    },
  }
}

/** Stacks of what the loader compiles need source maps; what the program's own loader compiles is that one's affair. */
function mayCompileEntry(): boolean {
  const hasOwnLoader = nodeOptions().some((option) => /^--(experimental-)?loader\b/.test(option))
  return !hasOwnLoader && isTypeScript(process.argv[1] ?? '')
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
function lazyTransforms(bundle: string, cache: TransformCache | undefined, ownFolders: Set<string>): () => Transforms {
  let transforms: Transforms | undefined
  const load = (): Transforms => {
    if (transforms === undefined) {
      const require = createRequire(__filename)
      const loaded = withHiddenModules(
        () => require(bundle) as { readonly transforms: Transforms },
        (file) => {
          // Modules that a package imports are not in the cache.
          const [folder] = PACKAGE_FOLDER.exec(pathToFileURL(file).href) ?? []
          if (folder !== undefined) ownFolders.add(folder)
        },
      )
      transforms = quiet(loaded.transforms)
    }
    return transforms
  }
  const cached = cache === undefined ? undefined : cachedTransforms(load, cache)
  return () => cached ?? load()
}

/** The parser loads more of itself when it first needs it. */
function quiet(transforms: Transforms): Transforms {
  return {
    instrument: (code, options) => withHiddenModules(() => transforms.instrument(code, options)),
    compileTypeScript: (...source) => withHiddenModules(() => transforms.compileTypeScript(...source)),
    detectFormat: (...source) => withHiddenModules(() => transforms.detectFormat(...source)),
  }
}
