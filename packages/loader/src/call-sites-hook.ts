import { createRequire } from 'node:module'
import type { InstrumentedTexts } from './instrumented-texts.js'
import { replaceMethod } from './node-internals.js'
import { withOwnBuiltins } from './own-builtins.js'

/** Makes `util.getCallSites`, which V8 answers past `Error.prepareStackTrace`, tell the program as it was written. */
export function hookCallSites(texts: InstrumentedTexts, ownFolder: string): void {
  const util = createRequire(__filename)('node:util') as Util
  const { getCallSites } = util
  if (getCallSites === undefined) return
  const tell = (args: readonly unknown[]): CallSite[] => {
    const [count = DEFAULT_COUNT, ...options] = typeof args[0] === 'object' ? [undefined, ...args] : args
    const isCount = typeof count === 'number' && Number.isInteger(count) && count > 0 && count <= MAX_COUNT
    // Of the other values Node.js says itself what it does not like.
    if (!isCount) return getCallSites(...args)
    const isOwn = ({ scriptName }: CallSite): boolean =>
      scriptName.startsWith(ownFolder) || scriptName.startsWith(`file://${ownFolder}`)
    return getCallSites(Math.min(count + OWN_FRAMES, MAX_COUNT), ...options)
      .filter((site) => !isOwn(site))
      .slice(0, count)
      .map((site) => withOriginalColumn(site, texts))
  }
  // A function that could be constructed, because the original could.
  replaceMethod(util, 'getCallSites', function (...args: unknown[]) {
    return withOwnBuiltins(() => tell(args))
  })
}

interface Util {
  getCallSites?: (this: void, ...args: unknown[]) => CallSite[]
}

/** Its column has had two names, and for a while both. */
interface CallSite {
  readonly scriptName: string
  readonly lineNumber: number
  column?: number
  columnNumber?: number
}

function withOriginalColumn(site: CallSite, texts: InstrumentedTexts): CallSite {
  const text = site.scriptName === '' ? undefined : texts.get(site.scriptName)
  if (text === undefined) return site
  for (const name of ['column', 'columnNumber'] as const) {
    const column = site[name]
    if (column !== undefined) site[name] = text.originalColumn(site.lineNumber, column)
  }
  return site
}

const DEFAULT_COUNT = 10
const MAX_COUNT = 200

/** The function above, and one for each module that is being loaded: stacks are rarely deeper in those. */
const OWN_FRAMES = 20
