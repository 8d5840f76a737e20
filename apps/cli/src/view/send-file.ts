import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { readRange } from './range.js'

/** What became of a file that was asked for. */
export interface Delivery {
  readonly found: boolean
  /** Whether the last byte of the file went out. */
  readonly isToTheEnd: boolean
}

/** Neither a link that took the place of the file, nor a pipe that would keep the opening waiting. */
const OPEN_FLAGS = constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK')

/** Large pieces: a trace of a gigabyte in 64 kB is sixteen thousand turns of the event loop. */
const PIECE_BYTES = 1 << 20

const NOT_FOUND: Delivery = { found: false, isToTheEnd: false }

/**
 * Streams a file by its real path, or the range of it that is asked for; never more than its length when it was
 * opened, so that a file that grows meanwhile arrives as it was. One that shrinks breaks the connection, which
 * the page notices. Answers nothing when there is no such file.
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  headers: OutgoingHttpHeaders,
): Promise<Delivery> {
  const file = await open(path, OPEN_FLAGS).catch(() => undefined)
  if (file === undefined) return NOT_FOUND
  try {
    return await sendOpened(request, response, file, headers)
  } finally {
    await file.close()
  }
}

async function sendOpened(
  request: IncomingMessage,
  response: ServerResponse,
  file: FileHandle,
  headers: OutgoingHttpHeaders,
): Promise<Delivery> {
  const found = await file.stat()
  if (!found.isFile()) return NOT_FOUND
  const { size } = found
  const etag = `"${found.ino.toString(36)}-${size.toString(36)}-${found.mtimeMs.toString(36)}"`
  // A range of what was read before makes no sense in a file that was written anew.
  const condition = request.headers['if-range']
  const range = condition === undefined || condition === etag ? readRange(request.headers.range, size) : undefined
  const common = { ...headers, 'accept-ranges': 'bytes', etag }
  if (range === 'none') {
    response.writeHead(416, { ...common, 'content-range': `bytes */${size}`, 'content-length': 0 }).end()
    return { found: true, isToTheEnd: false }
  }
  const { start, end } = range ?? { start: 0, end: size }
  const partial = range === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${size}` }
  response.writeHead(range === undefined ? 200 : 206, { ...common, ...partial, 'content-length': end - start })
  if (request.method === 'HEAD' || end === start) {
    response.end()
    return { found: true, isToTheEnd: request.method !== 'HEAD' }
  }
  const isWhole = await sendPart(response, file, start, end)
  return { found: true, isToTheEnd: isWhole && end === size }
}

async function sendPart(response: ServerResponse, file: FileHandle, start: number, end: number): Promise<boolean> {
  const stream = file.createReadStream({ start, end: end - 1, highWaterMark: PIECE_BYTES, autoClose: false })
  try {
    await pipeline(stream, response, { end: false })
  } catch {
    // A page that was closed, or a disk that cannot be read: nobody is left to be told.
    response.destroy()
    return false
  }
  if (stream.bytesRead < end - start) {
    response.destroy()
    return false
  }
  await new Promise<void>((resolve) => response.end(resolve))
  return true
}

function flag(name: 'O_NOFOLLOW' | 'O_NONBLOCK'): number {
  // Windows has neither.
  return process.platform === 'win32' ? 0 : constants[name]
}
