import { TracerError } from './errors.js'
import { findJsonFault } from './json-fault.js'

/** A JSON text as a value, and what was wrong with it. */
export interface JsonDocument {
  readonly value: unknown
  /** One sentence when the text was cut short and the value is what could be read. */
  readonly warnings: readonly string[]
}

/** V8 holds no longer text. */
const MAX_BYTES = 2 ** 29 - 24

/**
 * Reads a file that is one JSON text, for formats whose parts can only be understood together.
 * A text that was cut short gives what is whole of it. `advice` ends the messages of errors.
 *
 * @throws TracerError `NOT_A_TRACE` with the byte at which it is broken.
 */
export async function readJson(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  advice: string,
): Promise<JsonDocument> {
  const text = await readText(source, advice)
  if (text.trim() === '') throw notATrace('the file is empty', advice)
  try {
    return { value: JSON.parse(text), warnings: [] }
  } catch (cause) {
    const { position, isCut, readable } = findJsonFault(text)
    const byte = new TextEncoder().encode(text.slice(0, position)).length.toLocaleString('en-US')
    if (!isCut || readable === '') throw notATrace(`no JSON from byte ${byte} on (${reasonOf(cause)})`, advice, cause)
    const warning = `The file was cut short at byte ${byte}; what follows is missing.`
    return { value: parseReadable(readable, byte, advice), warnings: [warning] }
  }
}

async function readText(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, advice: string): Promise<string> {
  const decoder = new TextDecoder()
  const parts: string[] = []
  let bytes = 0
  for await (const piece of source) {
    bytes += piece.length
    if (bytes > MAX_BYTES) {
      throw notATrace(
        `it goes on after byte ${MAX_BYTES.toLocaleString('en-US')}, more than fits into one text`,
        advice,
      )
    }
    parts.push(decoder.decode(piece, { stream: true }))
  }
  parts.push(decoder.decode())
  return parts.join('')
}

function parseReadable(text: string, byte: string, advice: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw notATrace(`the JSON is cut short at byte ${byte} (${reasonOf(cause)})`, advice, cause)
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function notATrace(cause: string, advice: string, error?: unknown): TracerError {
  return new TracerError('NOT_A_TRACE', `Cannot read the trace: ${cause}. ${advice}`, { cause: error })
}
