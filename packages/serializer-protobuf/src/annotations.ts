import { ANNOTATION, TRACER_JSON } from './fields.js'
import type { Message } from './message.js'

/** Arguments as Perfetto shows them, and whether their exact text can be made from that again. */
export interface Annotations {
  readonly text: string
  readonly areExact: boolean
  /** Writes an annotation for each argument as `field`; `nameIid` gives numbers to names. */
  write(message: Message, field: number, nameIid: (name: string) => number): void
}

/** JSON deeper than this is shown as text: Perfetto and this package read annotations by recursion. */
export const MAX_ANNOTATION_DEPTH = 40

/** Arguments, which should be the JSON text of an object; anything else is shown as one argument. */
export function annotationsOf(text: string): Annotations {
  const value = parse(text)
  const isObject = isRecord(value) && !Array.isArray(value)
  const entries: [string, unknown][] = isObject
    ? Object.entries(value)
    : [[isText(value) ? 'text' : 'value', value ?? text]]
  return {
    text,
    areExact: isObject && entries.length > 0 && stringify(value) === text,
    write: (message, field, nameIid) => {
      for (const [name, entry] of entries) {
        // A name that is new is written to the file by this call, so before the message goes on.
        const iid = nameIid(name)
        message.message(field, () => {
          message.uint(ANNOTATION.nameIid, iid)
          writeValue(message, entry, 0)
        })
      }
    },
  }
}

function writeValue(message: Message, value: unknown, depth: number): void {
  if (typeof value === 'string') {
    message.text(ANNOTATION.text, value)
  } else if (typeof value === 'boolean') {
    message.uint(ANNOTATION.bool, value ? 1 : 0)
  } else if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) message.int(ANNOTATION.int, value)
    else message.double(ANNOTATION.double, value)
  } else if (!isRecord(value) || depth >= MAX_ANNOTATION_DEPTH || Object.keys(value).length === 0) {
    // There is no annotation for null or for what is empty.
    message.text(ANNOTATION.text, stringify(value) ?? '').uint(TRACER_JSON, 1)
  } else if (Array.isArray(value)) {
    for (const entry of value) message.message(ANNOTATION.arrayValues, () => writeValue(message, entry, depth + 1))
  } else {
    for (const [name, entry] of Object.entries(value)) {
      message.message(ANNOTATION.dictEntries, () => {
        message.text(ANNOTATION.name, name)
        writeValue(message, entry, depth + 1)
      })
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    // Nested so deeply that it can be read but not written.
    return undefined
  }
}

function isText(value: unknown): boolean {
  return value === undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
