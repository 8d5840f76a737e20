import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The text of a source map, or why there is none although the file names one. */
export type FoundMap = { readonly map: string } | { readonly problem: string }

/**
 * The source map that a file's last `sourceMappingURL` comment holds or points to; undefined when
 * it has none. One that cannot be read is no error: a trace without original names is better than none.
 */
export function sourceMapOf(code: string, file: string): FoundMap | undefined {
  const at = lastComment(code)
  if (at === -1) return undefined
  // With a quote or a backslash it is a piece of a string, as in what webpack gives to `eval`.
  const url = /^[^\s'"`\\]+(?=\s|$)/.exec(code.slice(at + COMMENT.length))?.[0]
  if (url === undefined) return undefined
  try {
    return url.startsWith('data:') ? decodeDataUrl(url) : readMapFile(resolve(dirname(file), decodeURI(url)))
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** A comment that carries `map` in itself. */
export function inlineSourceMap(map: object): string {
  const base64 = Buffer.from(JSON.stringify(map)).toString('base64')
  return `\n${COMMENT}data:application/json;base64,${base64}`
}

/**
 * Whether a debugger listens, which goes by the text that runs and finds its way back by its map, or
 * coverage is written of a thread that may be terminated before it can be led back itself.
 */
export function needsSourceMaps(
  isMainThread: boolean,
  environment: NodeJS.ProcessEnv,
  nodeOptions: readonly string[],
): boolean {
  const isDebugged = nodeOptions.some((option) => INSPECT.test(option))
  return isDebugged || (!isMainThread && Boolean(environment['NODE_V8_COVERAGE']))
}

const INSPECT = /^--inspect(-brk|-wait)?(=|$)/

/** Where the last comment of the kind begins, or -1. Old ones begin with `//@`. */
function lastComment(code: string): number {
  for (let at = code.lastIndexOf(KEYWORD); at >= START.length; at = code.lastIndexOf(KEYWORD, at - 1)) {
    const start = at - START.length
    if (/^\/\/[#@] /.test(code.slice(start, at))) return start
  }
  return -1
}

// In pieces, or tools would take this file's own text for such a comment.
const START = '//# '
const KEYWORD = 'sourceMappingURL='
const COMMENT = [START, KEYWORD].join('')

function readMapFile(path: string): FoundMap {
  const { size } = statSync(path)
  // What is no file says 0, and may have no end.
  if (size === 0) return { problem: `${path} is empty` }
  if (size > MAX_MAP_BYTES) return { problem: `${path} has ${size} bytes, more than ${MAX_MAP_BYTES}` }
  return { map: readFileSync(path, 'utf8') }
}

/** Takes a second or two to read, and some ten times as much memory. */
const MAX_MAP_BYTES = 64 * 1024 * 1024

function decodeDataUrl(url: string): FoundMap {
  const comma = url.indexOf(',')
  if (comma === -1) return { problem: 'its data: URL holds nothing' }
  const data = url.slice(comma + 1)
  const isBase64 = url.slice(0, comma).endsWith(';base64')
  return { map: isBase64 ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data) }
}
