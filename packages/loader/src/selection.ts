import { OWN_CODE, packageOf } from '@tracer/core'
import picomatch from 'picomatch'
import { isAbsolute, relative, sep } from 'node:path'
import { isDataUrl } from './data-url.js'
import type { RecordOptions } from './record-options.js'

/** Why a file is not traced; undefined for one that is. */
export type FilterReason = 'node_modules' | 'excluded' | 'not included' | undefined

/** Decides which files are traced, once a file: a function that is not traced costs nothing. */
export class Selection {
  readonly #root: string
  readonly #packages: 'all' | ReadonlySet<string>
  readonly #isIncluded: Matcher | undefined
  readonly #isExcluded: Matcher | undefined

  constructor({ include = [], exclude = [], packages = [], root = process.cwd() }: RecordOptions) {
    this.#root = root
    this.#packages = packages === 'all' ? 'all' : new Set(packages)
    this.#isIncluded = matcherOf(include)
    this.#isExcluded = matcherOf(exclude)
  }

  /** `file` is an absolute path. */
  filterReason(file: string): FilterReason {
    // A text of no folder: only what includes all files includes it.
    if (isDataUrl(file)) return this.#isIncluded === undefined ? undefined : 'not included'
    const packageName = packageOf(file)
    if (packageName !== OWN_CODE && this.#packages !== 'all' && !this.#packages.has(packageName)) {
      return 'node_modules'
    }
    if (this.#isExcluded !== undefined && this.#matches(this.#isExcluded, file)) return 'excluded'
    if (this.#isIncluded !== undefined && !this.#matches(this.#isIncluded, file)) return 'not included'
    return undefined
  }

  #matches(matcher: Matcher, file: string): boolean {
    const inRoot = relative(this.#root, file)
    return matcher(slashed(file)) || (!inRoot.startsWith('..') && !isAbsolute(inRoot) && matcher(slashed(inRoot)))
  }
}

type Matcher = (path: string) => boolean

/** A glob also means everything below it, so that a folder's name is enough. */
function matcherOf(globs: readonly string[]): Matcher | undefined {
  if (globs.length === 0) return undefined
  const patterns = globs.flatMap((glob) => {
    const plain = glob.replace(/^\.\//, '').replace(/\/+$/, '')
    return [plain, `${plain}/**`]
  })
  return picomatch(patterns, { dot: true })
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
