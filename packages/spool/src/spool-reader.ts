import type { RecordColumns } from '@tracer/core'
import { open, type FileHandle } from 'node:fs/promises'
import { BLOCK_HEADER_BYTES, END, MODULE, padded, RECORDS, THREAD } from './block.js'
import { SPOOL_VERSION, type ModuleReport, type ThreadEnd, type ThreadHeader } from './reports.js'

/** One block of a spool file. */
export type SpoolBlock =
  | { readonly kind: 'records'; readonly records: RecordColumns }
  | { readonly kind: 'thread'; readonly header: ThreadHeader }
  | { readonly kind: 'module'; readonly report: ModuleReport }
  | { readonly kind: 'end'; readonly end: ThreadEnd }
  /** The file ends in the middle of a block: its writer was killed while writing. */
  | { readonly kind: 'cut'; readonly bytes: number }

/** Reads a spool file block by block; holds one block at a time. */
export async function* readSpool(path: string): AsyncGenerator<SpoolBlock> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    let offset = 0
    while (offset < size) {
      const block = await readBlock(file, offset, size)
      if (block === undefined) {
        yield { kind: 'cut', bytes: size - offset }
        return
      }
      yield block.content
      offset = block.next
    }
  } finally {
    await file.close()
  }
}

async function readBlock(
  file: FileHandle,
  offset: number,
  size: number,
): Promise<{ content: SpoolBlock; next: number } | undefined> {
  const start = offset + BLOCK_HEADER_BYTES
  if (start > size) return undefined
  const [kind, byteLength] = new Uint32Array(await readExactly(file, offset, BLOCK_HEADER_BYTES))
  if (start + byteLength > size) return undefined
  const content = decode(kind, await readExactly(file, start, byteLength))
  return content === undefined ? undefined : { content, next: start + padded(byteLength) }
}

function decode(kind: number, payload: ArrayBuffer): SpoolBlock | undefined {
  switch (kind) {
    case RECORDS:
      return { kind: 'records', records: decodeRecords(payload) }
    case THREAD: {
      const header = parseJson<ThreadHeader>(payload)
      return header.version === SPOOL_VERSION ? { kind: 'thread', header } : undefined
    }
    case MODULE:
      return { kind: 'module', report: parseJson<ModuleReport>(payload) }
    case END:
      return { kind: 'end', end: parseJson<ThreadEnd>(payload) }
    default:
      return undefined
  }
}

function decodeRecords(buffer: ArrayBuffer): RecordColumns {
  const [length] = new Uint32Array(buffer, 0, 1)
  const siteOffset = BLOCK_HEADER_BYTES
  const startOffset = siteOffset + padded(length * Int32Array.BYTES_PER_ELEMENT)
  const endOffset = startOffset + length * Float64Array.BYTES_PER_ELEMENT
  return {
    length,
    site: new Int32Array(buffer, siteOffset, length),
    start: new Float64Array(buffer, startOffset, length),
    end: new Float64Array(buffer, endOffset, length),
  }
}

/** Blocks are read back by the version that wrote them, which is checked first: the shape is known. */
function parseJson<Shape>(payload: ArrayBuffer): Shape {
  return JSON.parse(new TextDecoder().decode(payload)) as Shape
}

/** `length` bytes at `offset`; zeros where the file became shorter meanwhile. */
async function readExactly(file: FileHandle, offset: number, length: number): Promise<ArrayBuffer> {
  const buffer = new ArrayBuffer(length)
  const bytes = new Uint8Array(buffer)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer
}
