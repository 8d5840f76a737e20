import { decodedMappings, FlattenMap, type TraceMap } from '@jridgewell/trace-mapping'

/** A source map that can be relied on, or what is wrong with it. */
export type InputMap = { readonly map: TraceMap } | { readonly problem: string }

/**
 * Reads a source map, also an indexed one, and looks at every mapping: one that leads out of its
 * source shows that the map belongs to something else.
 */
export function readInputMap(input: string | object): InputMap {
  try {
    const parsed: unknown = typeof input === 'string' ? JSON.parse(input.replace(XSSI_PREFIX, '')) : input
    if (typeof parsed !== 'object' || parsed === null) return { problem: 'it is no object' }
    // Checked by what follows.
    const map = new FlattenMap(parsed as ConstructorParameters<typeof FlattenMap>[0])
    if (![...map.sources, ...map.names].every(isTextOrNull)) return { problem: 'a name in it is no text' }
    const problem = lie(map)
    return problem === undefined ? { map } : { problem }
  } catch (error) {
    return { problem: `it cannot be read: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}` }
  }
}

/** Servers may put this before JSON, so that it is no script. */
const XSSI_PREFIX = /^\)\]\}'[^\n]*\n/

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string'
}

function lie(map: TraceMap): string | undefined {
  const lineCounts = map.sources.map((_, i) => {
    const content = map.sourcesContent?.[i]
    return typeof content === 'string' ? content.split('\n').length : MAX_LINES
  })
  for (const segments of decodedMappings(map)) {
    for (const [, source, line, column, name] of segments) {
      if (source === undefined) continue
      const isThere = source >= 0 && source < lineCounts.length && (name === undefined || name in map.names)
      // Some tools map the end of a file to the line after it.
      if (
        !isThere ||
        line === undefined ||
        line < 0 ||
        line > lineCounts[source] ||
        column === undefined ||
        column < 0
      ) {
        return `a mapping in it leads to line ${(line ?? 0) + 1} of ${map.sources[source] ?? 'no source'}`
      }
    }
  }
  return undefined
}

/** Where the source itself is not in the map: nothing that a person wrote has more. */
const MAX_LINES = 10_000_000
