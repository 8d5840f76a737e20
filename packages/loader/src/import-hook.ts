import Module, {
  syncBuiltinESMExports,
  type LoadFnOutput,
  type LoadHookContext,
  type ResolveHookContext,
} from 'node:module'
import { pathToFileURL } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import type { HooksThreadData } from './hooks-thread.js'
import { candidatesFor, instrumentLoaded, isUnknownTypeScript, loadTypeScript } from './load-hooks.js'
import type { ModuleInstrumenter } from './module-instrumenter.js'
import type { NodeFeatures } from './node-features.js'
import { replaceMethod } from './node-internals.js'
import { call, startsWith, withOwnBuiltins } from './own-builtins.js'
import { showHooksThread, startHidden } from './own-threads.js'
import type { InstrumentedTexts } from './instrumented-texts.js'
import { COMPILER_HELPERS } from './typescript-resolution.js'

/** What the import hook works with. */
export interface ImportHookOptions {
  readonly instrumenter: ModuleInstrumenter
  readonly texts: InstrumentedTexts
  readonly features: NodeFeatures
  /** What hooks on a thread of their own need instead. */
  readonly hooksThread: {
    /** Whether they are needed from the start; else with the first text that can import. */
    readonly isNeeded: boolean
    /** Whether the program is started with hooks of its own, which then run there too. */
    readonly isShared: boolean
    /** Whether Node.js starts their thread in any case. */
    readonly isProgramsThread: boolean
    readonly url: string
    readonly data: Omit<HooksThreadData, 'generation' | 'siteIdsTaken' | 'port'>
  }
}

/** Tells the import hook that a CommonJS text that may import is about to run. */
export type BeforeImport = () => void

/**
 * Instruments what `import` loads. The hooks have to be the last ones registered, because those
 * run first and so see what all the others made of a module.
 */
export function hookImport(options: ImportHookOptions): BeforeImport {
  const beforeImport = options.features.syncHooks ? registerOnThread(options) : registerHooksThread(options)
  syncBuiltinESMExports()
  return beforeImport
}

/** The hook interface of newer versions of Node.js, which the types of Node 20 do not have. */
interface SyncHooks {
  registerHooks(hooks: {
    resolve: (specifier: string, context: ResolveHookContext, nextResolve: NextResolve) => unknown
    load: (url: string, context: LoadHookContext, nextLoad: NextLoad) => LoadFnOutput
  }): { deregister(): void }
}

type NextResolve = (specifier: string, context: ResolveHookContext) => unknown
type NextLoad = (url: string, context: LoadHookContext) => LoadFnOutput

function registerOnThread({ instrumenter, texts }: ImportHookOptions): BeforeImport {
  const module = Module as unknown as SyncHooks
  const { registerHooks } = module
  const hooks = {
    resolve(specifier: string, context: ResolveHookContext, nextResolve: NextResolve): unknown {
      if (startsWith(specifier, COMPILER_HELPERS)) {
        return nextResolve(specifier, { ...context, parentURL: pathToFileURL(__filename).href })
      }
      try {
        return nextResolve(specifier, context)
      } catch (error) {
        const candidates = withOwnBuiltins(() => candidatesFor(specifier, context.parentURL, error))
        for (let i = 0; i < candidates.length; i++) {
          try {
            return nextResolve(candidates[i], context)
          } catch {
            // The first error says what the program asked for.
          }
        }
        throw error
      }
    },
    load(url: string, context: LoadHookContext, nextLoad: NextLoad): LoadFnOutput {
      let loaded: LoadFnOutput
      try {
        loaded = nextLoad(url, context)
      } catch (error) {
        return withOwnBuiltins(() => {
          if (!isUnknownTypeScript(url, error)) throw error
          return loadTypeScript(url, instrumenter)
        })
      }
      return withOwnBuiltins(() => instrumentLoaded(url, loaded, instrumenter, texts))
    },
  }
  let registered = registerHooks.call(module, hooks)
  replaceMethod(module, 'registerHooks', function (theirs) {
    registered.deregister()
    const result = call(registerHooks, module, [theirs])
    registered = call(registerHooks, module, [hooks])
    return result
  })
  return () => undefined
}

/** Starting the thread takes some 60 ms, which a program that never imports does not wait for. */
function registerHooksThread({
  texts,
  hooksThread: { url, data, isNeeded, isShared, isProgramsThread },
}: ImportHookOptions): BeforeImport {
  const { register } = Module
  const generation = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const siteIdsTaken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  // Each registration is a module of its own, or Node.js would reuse the first one.
  const registerOurs = (): void => {
    const current = Atomics.add(generation, 0, 1) + 1
    const { port1, port2 } = new MessageChannel()
    texts.receiveFrom(port1)
    const ours: HooksThreadData = {
      ...data,
      siteIdsTaken,
      port: port2,
      generation: { shared: generation, own: current },
    }
    const { NODE_V8_COVERAGE } = process.env
    // A thread that is there for the recording only writes no coverage.
    if (!isShared) Reflect.deleteProperty(process.env, 'NODE_V8_COVERAGE')
    const registerThem = (): void => register.call(Module, `${url}?${current}`, { data: ours, transferList: [port2] })
    if (isProgramsThread) registerThem()
    else startHidden(registerThem)
    if (NODE_V8_COVERAGE !== undefined) process.env['NODE_V8_COVERAGE'] = NODE_V8_COVERAGE
  }
  if (isNeeded) registerOurs()
  // A function that could be constructed, because the original could.
  replaceMethod(Module, 'register', function (...args: unknown[]) {
    withOwnBuiltins(showHooksThread)
    call(register as (...args: unknown[]) => void, Module, args)
    withOwnBuiltins(registerOurs)
  })
  return () => {
    if (generation[0] === 0) registerOurs()
  }
}
