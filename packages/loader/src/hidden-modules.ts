import { commonJsLoader } from './node-internals.js'

/**
 * Does work that may load modules of the loader's own, and takes them out of `require.cache`: the
 * program finds its own modules there only. `onHidden` is told of each.
 */
export function withHiddenModules<Result>(
  work: () => Result,
  onHidden: (file: string) => void = () => undefined,
): Result {
  const known = Object.keys(commonJsLoader._cache).length
  try {
    return work()
  } finally {
    // They stand last, because nothing of the program runs meanwhile.
    for (const file of Object.keys(commonJsLoader._cache).slice(known)) {
      hideModule(file)
      onHidden(file)
    }
  }
}

/** Takes a module out of `require.cache`; who has it keeps it. */
export function hideModule(file: string): void {
  Reflect.deleteProperty(commonJsLoader._cache, file)
}
