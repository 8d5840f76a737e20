import { commonJsLoader } from './node-internals.js'

/**
 * Does work that may load modules of the loader's own, and takes them out of `require.cache`: the
 * program finds its own modules there only. Globals that Node.js makes when they are first asked
 * for are still to be made. `onHidden` is told of each module.
 */
export function withHiddenModules<Result>(
  work: () => Result,
  onHidden: (file: string) => void = () => undefined,
): Result {
  const known = Object.keys(commonJsLoader._cache).length
  const lazy = LAZY_GLOBALS.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  try {
    return work()
  } finally {
    // They stand last, because nothing of the program runs meanwhile.
    for (const file of Object.keys(commonJsLoader._cache).slice(known)) {
      hideModule(file)
      onHidden(file)
    }
    for (const [name, descriptor] of lazy) {
      if (descriptor?.configurable === true) Object.defineProperty(globalThis, name, descriptor)
    }
  }
}

/** Takes a module out of `require.cache`; who has it keeps it. */
export function hideModule(file: string): void {
  Reflect.deleteProperty(commonJsLoader._cache, file)
}

/** What the parser asks for; asking for all would make those that Node.js makes when they are looked at. */
const LAZY_GLOBALS = ['TextDecoder', 'TextEncoder', 'atob', 'btoa'] as const
