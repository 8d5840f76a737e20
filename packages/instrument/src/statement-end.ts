/**
 * Whether a statement without a semicolon needs one once its last expression is a call: the next
 * line of `yield` and of an arrow function with a body may begin with what would continue a call.
 */
export function needsSemicolon(code: string, end: number): boolean {
  if (code.charAt(end - 1) === ';') return false
  TRIVIA.lastIndex = end
  const next = TRIVIA.test(code) ? code.charAt(TRIVIA.lastIndex) : ''
  return next !== '' && CONTINUES_CALL.includes(next)
}

const TRIVIA = /(?:\s|\/\*[^]*?\*\/|\/\/.*)*/y
const CONTINUES_CALL = '([`+-/'
