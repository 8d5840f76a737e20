import { MAX_ANNOTATION_DEPTH } from './annotations.js'
import { MalformedMessage, type Cursor } from './cursor.js'
import { ANNOTATION, NESTED_TYPE, NESTED_VALUE, TRACER_JSON } from './fields.js'
import type { Sequence } from './sequence.js'

/** Deeper than what this package writes; a file that nests deeper is not read there. */
const MAX_DEPTH = 4 * MAX_ANNOTATION_DEPTH

/** An annotation as `"name":value`, JSON. */
export function annotationEntry(annotation: Cursor, sequence: Sequence): string {
  const { name, value } = readAnnotation(annotation, sequence, 0)
  return `${JSON.stringify(name)}:${value}`
}

function readAnnotation(annotation: Cursor, sequence: Sequence, depth: number): { name: string; value: string } {
  if (depth > MAX_DEPTH) throw new MalformedMessage('arguments that nest too deeply')
  let name = ''
  let value: string | undefined
  let isJson = false
  let text: string | undefined
  const entries: string[] = []
  const elements: string[] = []
  while (annotation.next()) {
    switch (annotation.field) {
      case ANNOTATION.nameIid:
        name = sequence.annotationNames.get(annotation.value) ?? ''
        break
      case ANNOTATION.name:
        name = annotation.text()
        break
      case ANNOTATION.text:
        text = annotation.text()
        break
      case ANNOTATION.textIid:
        text = sequence.annotationTexts.get(annotation.value) ?? ''
        break
      case TRACER_JSON:
        isJson = true
        break
      case ANNOTATION.legacyJson:
        value = jsonOrText(annotation.text())
        break
      case ANNOTATION.dictEntries: {
        const entry = readAnnotation(annotation.message(), sequence, depth + 1)
        entries.push(`${JSON.stringify(entry.name)}:${entry.value}`)
        break
      }
      case ANNOTATION.arrayValues:
        elements.push(readAnnotation(annotation.message(), sequence, depth + 1).value)
        break
      case ANNOTATION.nested:
        value = nestedValue(annotation.message(), depth + 1)
        break
      default:
        value = scalar(annotation) ?? value
    }
  }
  if (entries.length > 0) value = `{${entries.join(',')}}`
  else if (elements.length > 0) value = `[${elements.join(',')}]`
  else if (text !== undefined) value = isJson ? jsonOrText(text) : JSON.stringify(text)
  return { name, value: value ?? 'null' }
}

function scalar(annotation: Cursor): string | undefined {
  switch (annotation.field) {
    case ANNOTATION.bool:
      return annotation.value === 0 ? 'false' : 'true'
    case ANNOTATION.uint:
      return String(annotation.bigUint())
    case ANNOTATION.int:
      return String(BigInt.asIntN(64, annotation.bigUint()))
    case ANNOTATION.double:
      return numberText(annotation.double())
    case ANNOTATION.pointer:
      return `"0x${annotation.bigUint().toString(16)}"`
  }
  return undefined
}

/** The legacy form: dictionaries and arrays in one message. */
function nestedValue(nested: Cursor, depth: number): string {
  if (depth > MAX_DEPTH) throw new MalformedMessage('arguments that nest too deeply')
  let type = 0
  let value = 'null'
  const keys: string[] = []
  const values: string[] = []
  const elements: string[] = []
  while (nested.next()) {
    if (nested.field === NESTED_VALUE.type) type = nested.value
    else if (nested.field === NESTED_VALUE.dictKeys) keys.push(nested.text())
    else if (nested.field === NESTED_VALUE.dictValues) values.push(nestedValue(nested.message(), depth + 1))
    else if (nested.field === NESTED_VALUE.arrayValues) elements.push(nestedValue(nested.message(), depth + 1))
    else if (nested.field === NESTED_VALUE.int) value = String(BigInt.asIntN(64, nested.bigUint()))
    else if (nested.field === NESTED_VALUE.double) value = numberText(nested.double())
    else if (nested.field === NESTED_VALUE.bool) value = nested.value === 0 ? 'false' : 'true'
    else if (nested.field === NESTED_VALUE.text) value = JSON.stringify(nested.text())
  }
  if (type === NESTED_TYPE.array) return `[${elements.join(',')}]`
  if (type !== NESTED_TYPE.dict) return value
  return `{${keys.map((key, i) => `${JSON.stringify(key)}:${values[i] ?? 'null'}`).join(',')}}`
}

/** JSON has no number for what is none, nor for infinity. */
function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`
}

function jsonOrText(text: string): string {
  try {
    JSON.parse(text)
    return text
  } catch {
    return JSON.stringify(text)
  }
}
