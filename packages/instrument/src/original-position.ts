import { originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping'
import { dirname, isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where a piece of text stands in the source that a person wrote. */
export interface Position {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** The identifier there, where a source map tells that it was renamed. */
  readonly name: string | undefined
}

/** Turns offsets of a file's text into positions of its original source. */
export class OriginalPositions {
  readonly #file: string
  readonly #lineStarts: readonly number[]
  readonly #map: TraceMap | undefined
  /** Paths of the map's sources, by the names it gives them. */
  readonly #sources = new Map<string, string>()

  constructor(code: string, file: string, map: TraceMap | undefined) {
    this.#file = file.startsWith('file:') ? fileURLToPath(file) : file
    this.#lineStarts = lineStartsOf(code)
    this.#map = map
    map?.resolvedSources.forEach((source, i) => {
      // Text of no source, such as what a tool has made itself.
      if (map.sources[i] !== null) this.#sources.set(source, this.#resolve(source))
    })
  }

  at(offset: number): Position {
    const line = this.#lineAt(offset)
    const column = offset - this.#lineStarts[line]
    const original = this.#map && originalPositionFor(this.#map, { line: line + 1, column })
    const source = original?.source == null ? undefined : this.#sources.get(original.source)
    if (original?.source != null && source !== undefined) {
      return { file: source, line: original.line, column: original.column + 1, name: original.name ?? undefined }
    }
    return { file: this.#file, line: line + 1, column: column + 1, name: undefined }
  }

  #lineAt(offset: number): number {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.#lineStarts[middle] <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  #resolve(source: string): string {
    if (source.startsWith('file:')) return pathOf(source)
    if (/^[a-z][a-z+.-]+:/i.test(source) || isAbsolute(source)) return source
    return resolve(dirname(this.#file), source)
  }
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url)
  } catch {
    // A file of another machine.
    return url
  }
}

function lineStartsOf(code: string): number[] {
  const starts = [0]
  for (const { 0: end, index } of code.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length)
  return starts
}
