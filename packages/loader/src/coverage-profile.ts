import type { InstrumentedText } from './instrumented-text.js'
import type { InstrumentedTexts } from './instrumented-texts.js'

/** What V8 counted in one thread, as Node.js writes it. */
export interface CoverageProfile {
  result: readonly ScriptCoverage[]
}

/** Source maps of scripts, by URL, beside the coverage. */
export type SourceMapCache = Record<string, { lineLengths?: readonly number[] }>

interface ScriptCoverage {
  readonly url: string
  readonly functions: readonly FunctionCoverage[]
}

interface FunctionCoverage {
  readonly functionName: string
  /** The function's own range, then those of blocks within it that ran another number of times. */
  readonly ranges: readonly CoverageRange[]
}

interface CoverageRange {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

/** Makes coverage of the texts that ran coverage of the texts as they were, without the loader's own files. */
export function toOriginal(
  profile: CoverageProfile,
  maps: SourceMapCache,
  texts: InstrumentedTexts,
  isOwn: (url: string) => boolean,
): void {
  profile.result = profile.result
    .filter(({ url }) => !isOwn(url))
    .map((script) => {
      const text = textOf(script, texts)
      return text === undefined ? script : { ...script, functions: originalFunctions(script.functions, text) }
    })
  for (const [url, entry] of Object.entries(maps)) {
    const text = texts.get(url)
    const code = text?.originalCode
    if (isOwn(url) || code?.includes('sourceMappingURL=') === false) Reflect.deleteProperty(maps, url)
    if (code !== undefined) entry.lineLengths = code.split(/[\n\u2028\u2029]/).map(({ length }) => length)
  }
}

/** A script is told by its length too: test runners give the names of files to scripts of their own. */
function textOf({ url, functions }: ScriptCoverage, texts: InstrumentedTexts): InstrumentedText | undefined {
  const candidates = texts.allOf(url)
  const [whole] = functions[0]?.ranges ?? []
  // A script whose body did not run since coverage was last taken.
  if (functions[0]?.functionName !== '' || whole?.startOffset !== 0) return candidates.at(-1)
  const { endOffset } = whole
  return candidates.find(({ code }) => code.length === endOffset)
}

function originalFunctions(functions: readonly FunctionCoverage[], text: InstrumentedText): FunctionCoverage[] {
  return functions
    .filter(({ ranges: [whole] }) => whole === undefined || !KEEPS_MOMENT.test(text.insertedFrom(whole.startOffset)))
    .map((coverage) => ({ ...coverage, ranges: originalRanges(coverage.ranges, text) }))
}

/** The function around a callback of a promise, which keeps when the promise got it. */
const KEEPS_MOMENT = /^\$t\d*_moment=>/

/** Blocks that are empty without the probes are theirs; then, as V8 does, those that say what the one around them says. */
function originalRanges(ranges: readonly CoverageRange[], text: InstrumentedText): CoverageRange[] {
  const kept: CoverageRange[] = []
  const around: CoverageRange[] = []
  for (const { startOffset, endOffset, count } of ranges) {
    const range = { startOffset: originalPlace(startOffset, text), endOffset: originalPlace(endOffset, text), count }
    while (around.length > 1 && (around.at(-1)?.endOffset ?? 0) <= range.startOffset) around.pop()
    const parent = around.at(-1)
    const isRedundant = range.startOffset >= range.endOffset || parent?.count === count
    if (parent !== undefined && isRedundant) continue
    kept.push(range)
    around.push(range)
  }
  return kept
}

/** What follows an `await` or `yield` begins after its semicolon, which a probe's parenthesis hides from V8. */
function originalPlace(offset: number, text: InstrumentedText): number {
  const place = text.originalOffset(offset)
  if (!text.insertedFrom(offset).startsWith(')')) return place
  SEMICOLON.lastIndex = place
  return SEMICOLON.test(text.originalCode) ? SEMICOLON.lastIndex : place
}

const SEMICOLON = /(?:\s|\/\*[^]*?\*\/|\/\/.*)*;/y
