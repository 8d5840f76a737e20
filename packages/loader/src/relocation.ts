import type { Insertions } from '@tracer/instrument'

/** An instrumented text and where its insertions are. */
export interface Relocatable {
  readonly code: string
  readonly insertions: Insertions
}

/**
 * The same text with other site ids: all are `delta` higher. Ids stand in the insertions only, as
 * the first argument of a probe and as the index of an array that has an element for each site.
 */
export function relocated({ code, insertions }: Relocatable, delta: number): Relocatable {
  if (delta === 0) return { code, insertions }
  const { offset, length } = insertions
  const newOffset = new Int32Array(offset.length)
  const newLength = new Int32Array(length.length)
  const pieces: string[] = []
  let at = 0
  let shift = 0
  for (let i = 0; i < offset.length; i++) {
    const end = offset[i] + length[i]
    const inserted = code
      .slice(offset[i], end)
      .replace(SITE_ID, (_, call: string, id: string) => call + (Number(id) + delta))
    pieces.push(code.slice(at, offset[i]), inserted)
    newOffset[i] = offset[i] + shift
    newLength[i] = inserted.length
    shift += inserted.length - length[i]
    at = end
  }
  pieces.push(code.slice(at))
  return { code: pieces.join(''), insertions: { offset: newOffset, length: newLength } }
}

const SITE_ID = /(\$t\d*_(?:[a-zA-Z]+\(|(?:modes|calls)\[))(\d+)/g
