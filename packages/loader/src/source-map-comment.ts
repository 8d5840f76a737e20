import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * The source map that a file's last `sourceMappingURL` comment holds or points to; undefined when
 * there is none or it cannot be read: a trace without original names is better than none.
 */
export function sourceMapOf(code: string, file: string): string | undefined {
  const at = Math.max(code.lastIndexOf(COMMENT), code.lastIndexOf(OLD_COMMENT))
  if (at === -1) return undefined
  const url = /^\S+/.exec(code.slice(at + COMMENT.length))?.[0]
  if (url === undefined) return undefined
  try {
    return url.startsWith('data:') ? decodeDataUrl(url) : readFileSync(resolve(dirname(file), decodeURI(url)), 'utf8')
  } catch {
    return undefined
  }
}

/** A comment that carries `map` in itself. */
export function inlineSourceMap(map: object): string {
  const base64 = Buffer.from(JSON.stringify(map)).toString('base64')
  return `\n${COMMENT}data:application/json;base64,${base64}`
}

/**
 * Whether Node.js writes coverage or listens to a debugger: both go by the text that runs, and
 * find their way back by its map.
 */
export function needsSourceMaps(environment: NodeJS.ProcessEnv, nodeOptions: readonly string[]): boolean {
  return Boolean(environment['NODE_V8_COVERAGE']) || nodeOptions.some((option) => INSPECT.test(option))
}

const INSPECT = /^--inspect(-brk|-wait)?(=|$)/

// In pieces, or tools would take this file's own text for such a comment.
const COMMENT = ['//#', 'sourceMappingURL='].join(' ')
const OLD_COMMENT = COMMENT.replace('#', '@')

function decodeDataUrl(url: string): string | undefined {
  const comma = url.indexOf(',')
  if (comma === -1) return undefined
  const data = url.slice(comma + 1)
  return url.slice(0, comma).endsWith(';base64')
    ? Buffer.from(data, 'base64').toString('utf8')
    : decodeURIComponent(data)
}
