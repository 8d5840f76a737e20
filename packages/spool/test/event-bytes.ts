import { EVENT_KINDS } from '../src/index.js'

/**
 * The bytes of an event, of a text such as `beginSpan @5 1 #7 {"a":1}`: kind, time in ticks, name, number
 * and text; of a `sample` and an `endCounted` the text is another name. Names have neither time nor number.
 */
export function eventBytes(words: readonly string[]): Uint8Array {
  const [kind, ...rest] = words
  const isName = kind === 'name'
  const [at, name, number] = isName ? ['@0', rest[0], '#0'] : rest
  const text = rest.slice(isName ? 1 : 3).join(' ')
  const isLengthName = kind === 'sample' || kind === 'endCounted'
  const bytes = Buffer.from(isLengthName ? '' : text, 'latin1')
  const payload = new Uint8Array(24 + Math.ceil(bytes.length / 8) * 8)
  const view = new DataView(payload.buffer)
  view.setFloat64(0, Number(at.slice(1)), LITTLE)
  const length = isLengthName ? Number(text) : bytes.length
  view.setUint32(8, kindOf(kind) + length * 32, LITTLE)
  view.setInt32(12, Number(name), LITTLE)
  view.setFloat64(16, Number(number.slice(1)), LITTLE)
  payload.set(bytes, 24)
  return payload
}

function kindOf(name: string): number {
  const kind = Object.entries(EVENT_KINDS).find(([known]) => known === name)
  if (kind === undefined) throw new Error(`No kind of event: ${name}`)
  return kind[1]
}

/** Numbers are in the machine's byte order. */
const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
