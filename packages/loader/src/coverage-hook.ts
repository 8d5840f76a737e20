import { createRequire } from 'node:module'
import { toOriginal, type CoverageProfile, type SourceMapCache } from './coverage-profile.js'
import { framesAsTheyRun } from './frames.js'
import type { InstrumentedTexts } from './instrumented-texts.js'
import { commonJsLoader, internalProcess, replaceMethod, type CommonJsModule } from './node-internals.js'

/** What has to be told to coverage when a thread ends. */
export interface CoverageEnd {
  /** Nothing of the program runs any more, and Node.js is about to write. */
  readonly prepare: () => void
  /** The `exit` event is over. */
  readonly afterExitEvent: () => void
  /** Ends the process by `kill`, before which Node.js would write what it does not write when another process kills. */
  readonly endUnwritten: (kill: () => void) => void
}

/** Whether Node.js takes the coverage of the program. */
export function takesCoverage(): boolean {
  return isCoveringRunner() || Boolean(process.env['NODE_V8_COVERAGE'])
}

function isCoveringRunner(): boolean {
  const options = [...process.execArgv, process.env['NODE_OPTIONS'] ?? '']
  return options.some((option) => option.includes('--experimental-test-coverage'))
}

/**
 * Makes what Node.js writes under `NODE_V8_COVERAGE` the coverage of the program as it was written.
 * Node.js sets the source maps as a property of the profile before it writes it: a setter under
 * that name sees the whole. It is only there while Node.js writes.
 */
export function hookCoverage(texts: InstrumentedTexts, isOwn: (url: string) => boolean): CoverageEnd | undefined {
  if (!takesCoverage()) return undefined
  const isTestRunner = isCoveringRunner()
  // Node.js forgets the map of a module that is gone: the functions below keep it.
  const mapHolder = holdSourceMap()
  const isLoaders = (url: string): boolean => url === `file://${mapHolder.id}` || isOwn(url)
  const { queueMicrotask } = globalThis

  function prepare(): void {
    Reflect.defineProperty(Object.prototype, MAPS, {
      configurable: true,
      get: () => undefined,
      set(this: CoverageProfile, maps: SourceMapCache) {
        try {
          toOriginal(this, maps, texts, isLoaders)
        } catch {
          // Then it is written as it is.
        }
        if (Object.keys(maps).length === 0) return
        Object.defineProperty(this, MAPS, { value: maps, configurable: true, enumerable: true, writable: true })
      },
    })
  }

  const v8 = createRequire(__filename)('node:v8') as { takeCoverage: () => void }
  const { takeCoverage } = v8
  replaceMethod(v8, 'takeCoverage', () => {
    prepare()
    takeCoverage()
    if (!isTestRunner) Reflect.deleteProperty(Object.prototype, MAPS)
  })
  // The test runner takes it by a way of its own, which cannot be told.
  if (isTestRunner) prepare()
  return {
    prepare,
    afterExitEvent: () => endWhenIdle(queueMicrotask),
    endUnwritten: (kill) => {
      Reflect.defineProperty(Object.prototype, MAPS, { configurable: true, set: kill })
      kill()
    },
  }
}

/**
 * At its natural end Node.js writes when scripts may not run any more. Ended a moment before, by
 * `reallyExit`, it writes while they may.
 */
function endWhenIdle(queue: typeof queueMicrotask): void {
  if (!isNaturalEnd()) return
  let rounds = 0
  const wait = (): void => {
    if (rounds++ < MAX_ROUNDS) queue(wait)
    else internalProcess.reallyExit(Number(process.exitCode ?? 0))
  }
  queue(wait)
}

/** Whether the `exit` event came from C++: not by `process.exit`, an uncaught error, or from the program. */
function isNaturalEnd(): boolean {
  if (!internalProcess._exiting) return false
  return !framesAsTheyRun().some((site) => site.getFileName()?.startsWith('node:internal/process/'))
}

/** Node.js only sets the property if there is a source map: this module has one. */
function holdSourceMap(): CommonJsModule {
  const { NODE_V8_COVERAGE } = process.env
  process.env['NODE_V8_COVERAGE'] = NODE_V8_COVERAGE ?? '.'
  const map = Buffer.from('{"version":3,"sources":[],"names":[],"mappings":""}').toString('base64')
  const holder = new commonJsLoader(MAP_HOLDER)
  holder._compile(`${['//#', 'sourceMappingURL='].join(' ')}data:application/json;base64,${map}`, MAP_HOLDER)
  if (NODE_V8_COVERAGE === undefined) Reflect.deleteProperty(process.env, 'NODE_V8_COVERAGE')
  return holder
}

const MAPS = 'source-map-cache'
const MAP_HOLDER = '/tracer-holds-a-source-map.cjs'

/** Promises that `exit` listeners of the program wait for take fewer. */
const MAX_ROUNDS = 1000
