/** Where a text stops being JSON, and what of it can still be read. */
export interface JsonFault {
  /** Position in UTF-16 units. */
  readonly position: number
  /** Whether all up to the end of the text is in order, so that the rest of the file is missing. */
  readonly isCut: boolean
  /** The text up to the last value that is whole, with what is open closed; empty when there is none. */
  readonly readable: string
}

const PUNCTUATION = new Set('{}[],:')
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y
const UP_TO_END = /[-+\w.]+$/y
const SPACE = /[ \t\r\n]*/y

/** Finds out where a text that `JSON.parse` refuses is broken: parsers say it in words that change. */
export function findJsonFault(text: string): JsonFault {
  const closers: string[] = []
  let [at, safeAt, safeDepth] = [0, 0, 0]
  let expected: Expected = 'value'
  for (;;) {
    SPACE.lastIndex = at
    at += SPACE.exec(text)?.[0].length ?? 0
    if (at >= text.length) return faultAt(text.length, true)
    const start = at
    const token = text[at]
    const end = PUNCTUATION.has(token) ? at + 1 : token === '"' ? endOfString(text, at) : endOfScalar(text, at)
    const isClosing = token === '}' || token === ']'
    if (end === CUT || end === BROKEN) return faultAt(start, end === CUT)
    if (!accepts(expected, token, closers.at(-1))) return faultAt(start, false)
    at = end
    if (token === '{' || token === '[') {
      closers.push(token === '{' ? '}' : ']')
      expected = token === '{' ? 'key or end' : 'value or end'
      continue
    }
    if (token === ',') expected = closers.at(-1) === '}' ? 'key' : 'value'
    else if (token === ':') expected = 'value'
    else if (expected === 'key' || expected === 'key or end') expected = isClosing ? 'comma' : 'colon'
    else expected = 'comma'
    if (isClosing) closers.pop()
    if (expected === 'comma') [safeAt, safeDepth] = [at, closers.length]
    if (expected === 'comma' && closers.length === 0) expected = 'nothing'
  }

  function faultAt(position: number, isCut: boolean): JsonFault {
    const readable = text.slice(0, safeAt) + closers.slice(0, safeDepth).reverse().join('')
    return { position, isCut, readable }
  }
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma' | 'nothing'

function accepts(expected: Expected, token: string, closer: string | undefined): boolean {
  const isValue = token === '{' || token === '[' || !PUNCTUATION.has(token)
  switch (expected) {
    case 'value':
      return isValue
    case 'value or end':
      return isValue || token === ']'
    case 'key':
      return token === '"'
    case 'key or end':
      return token === '"' || token === '}'
    case 'colon':
      return token === ':'
    case 'comma':
      return token === ',' || token === closer
    case 'nothing':
      return false
  }
}

/** In place of where a token ends: the text ends within it, or it is none. */
const CUT = -1
const BROKEN = -2

function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1
    while (text[before] === '\\') before--
    if ((quote - before) % 2 === 1) return isString(text.slice(start, quote + 1)) ? quote + 1 : BROKEN
  }
  return CUT
}

function isString(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function endOfScalar(text: string, at: number): number {
  UP_TO_END.lastIndex = at
  // A number at the very end may go on in the part that is missing.
  if (UP_TO_END.test(text)) return CUT
  NUMBER_OR_WORD.lastIndex = at
  const match = NUMBER_OR_WORD.exec(text)
  return match === null ? BROKEN : at + match[0].length
}
