import { MAX_NESTING_DEPTH } from './nesting-depth.js'

/**
 * Why a text must not be given to the parser: it would overflow the native stack, which nothing
 * can catch. Undefined for a text that is safe. An estimate from single characters, too high rather
 * than too low: what nests is brackets, `if (a) x; else if (b) y; else ...`, and everything that
 * groups from the right, such as `a ? b : c ? d : ...`, `a = b = ...` and `a => b => ...`.
 */
export function overflowOfParser(code: string): string | undefined {
  const statements = new Int32Array(MAX_NESTING_DEPTH + 1)
  const operators = new Int32Array(MAX_NESTING_DEPTH + 1)
  let depth = 0
  let outer = 0
  let quote = 0
  for (let i = 0; i < code.length; i++) {
    const character = code.charCodeAt(i)
    const kind = character < KINDS.length ? KINDS[character] : 0
    if (kind === 0) continue
    switch (kind) {
      case OPEN:
        if (character === PARENTHESIS && followsStatementKeyword(code, i)) statements[depth] += STATEMENT_UNITS
        outer += statements[depth] + operators[depth]
        if (++depth > MAX_NESTING_DEPTH) return `brackets nest more than ${MAX_NESTING_DEPTH} deep`
        if (outer + depth * BRACKET_UNITS > MAX_UNITS) return TOO_DEEP
        statements[depth] = operators[depth] = 0
        break
      case CLOSE:
        if (depth === 0) break
        depth--
        outer -= statements[depth] + operators[depth]
        if (character === BRACE && endsStatement(code, i + 1)) statements[depth] = operators[depth] = 0
        break
      case SEMICOLON:
        operators[depth] = 0
        if (!nextIs(code, i + 1, ELSE)) statements[depth] = 0
        break
      case COMMA:
        operators[depth] = 0
        break
      case NEWLINE:
        quote = 0
        if (operators[depth] > 0 && endsExpression(code, i)) operators[depth] = 0
        break
      case QUOTE:
        if (quote === 0) quote = character
        else if (quote === character) quote = 0
        break
      case BACKSLASH:
        if (quote !== 0) i++
        break
      default:
        // `&&` and `===` are one operator, `!!` is two.
        if (quote !== 0 || (kind !== PREFIX && code.charCodeAt(i + 1) === character)) break
        if (kind === COLON && nextIs(code, i + 1, CASE)) break
        operators[depth] += UNITS[kind]
        if (outer + operators[depth] + statements[depth] + depth * BRACKET_UNITS > MAX_UNITS) return TOO_DEEP
    }
  }
  return undefined
}

/**
 * A unit is some 240 bytes of stack. Measured on a worker's 4 MB, the parser overflows on 1,600
 * brackets, 2,800 statements that hold the next one, 4,000 conditionals, assignments or arrow
 * functions, 14,000 prefix and 32,000 binary operators.
 */
const MAX_UNITS = 14_000
const BRACKET_UNITS = 10
const STATEMENT_UNITS = 6

const TOO_DEEP = 'one of its statements or expressions nests too deeply for the parser'

const [OPEN, CLOSE, SEMICOLON, COMMA, NEWLINE, QUOTE, BACKSLASH] = [1, 2, 3, 4, 5, 6, 7]
const [ASSIGNMENT, QUESTION, COLON, PREFIX, BINARY] = [8, 9, 10, 11, 12]
/** A conditional has one question mark and one colon. */
const UNITS: Readonly<Record<number, number>> = { [ASSIGNMENT]: 5, [QUESTION]: 2, [COLON]: 3, [PREFIX]: 2, [BINARY]: 1 }

const PARENTHESIS = 0x28
const BRACE = 0x7d

const KINDS = kindsOf({
  [OPEN]: '([{',
  [CLOSE]: ')]}',
  [SEMICOLON]: ';',
  [COMMA]: ',',
  [NEWLINE]: '\n',
  [QUOTE]: '"\'',
  [BACKSLASH]: '\\',
  [ASSIGNMENT]: '=',
  [QUESTION]: '?',
  [COLON]: ':',
  [PREFIX]: '!~',
  [BINARY]: '+-*/%&|^<>',
})

function kindsOf(characters: Readonly<Record<number, string>>): Uint8Array {
  const kinds = new Uint8Array(128)
  for (const [kind, text] of Object.entries(characters)) {
    for (const character of text) kinds[character.charCodeAt(0)] = Number(kind)
  }
  return kinds
}

const ELSE = /\s*else\b/y
const CASE = /\s*(?:case|default)\b/y
/** What follows a `}` or a line break when a new statement begins there. */
const STATEMENT = /\s*(?!(?:else|catch|finally|while|instanceof|in|of|as)\b)[\w$]/y
const STATEMENT_KEYWORD = /\b(?:if|for|while|with)\s*$/

function nextIs(code: string, offset: number, pattern: RegExp): boolean {
  pattern.lastIndex = offset
  return pattern.test(code)
}

function endsStatement(code: string, offset: number): boolean {
  return nextIs(code, offset, STATEMENT)
}

/** Without semicolons: a line that ends in no operator, before one that begins with a word. */
function endsExpression(code: string, offset: number): boolean {
  return /[\w$)\]}"'`]\s*$/.test(code.slice(Math.max(0, offset - 2), offset)) && nextIs(code, offset + 1, STATEMENT)
}

function followsStatementKeyword(code: string, offset: number): boolean {
  return STATEMENT_KEYWORD.test(code.slice(Math.max(0, offset - 8), offset))
}
