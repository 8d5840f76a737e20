/**
 * Deeper nesting than this is not given to the parser, nor is a text with probes that nests deeper
 * given to V8. The parser is native and recursive: it would overflow the stack and take the program
 * down. Measured on 8 MB of stack: brackets overflow it between 3,000 and 10,000, and on the half
 * of it that a worker has between 1,600 and 5,000. V8 gives up at 1,000 to 5,000.
 */
export const MAX_NESTING_DEPTH = 1000

/** How deeply brackets nest in a text; those in strings and comments count too. */
export function nestingDepth(code: string): number {
  let depth = 0
  let deepest = 0
  for (let i = 0; i < code.length; i++) {
    switch (code.charCodeAt(i)) {
      case OPEN_PARENTHESIS:
      case OPEN_BRACKET:
      case OPEN_BRACE:
        if (++depth > deepest) deepest = depth
        break
      case CLOSE_PARENTHESIS:
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        if (depth > 0) depth--
        break
    }
  }
  return deepest
}

const OPEN_PARENTHESIS = 0x28
const CLOSE_PARENTHESIS = 0x29
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
