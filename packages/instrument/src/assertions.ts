import type { CallExpression, Node, Program } from 'oxc-parser'
import type { Walk } from './walk.js'

/**
 * The calls whose text Node.js may have to show: when `assert(expression)` fails, its message is
 * the line that runs, from the call on, up to where it ends or to the first semicolon. Nothing with
 * a semicolon may stand there that did not.
 */
export class Assertions {
  /** From behind what is called to the end of the call or of the line. */
  readonly #shown: { readonly start: number; readonly end: number }[] = []

  constructor(code: string, program: Program, walk: Walk) {
    if (!/\bassert\b/.test(code)) return
    walk(program, {
      CallExpression: (call) => {
        if (!isAssertion(call)) return
        const start = call.callee.end
        this.#shown.push({ start, end: Math.min(call.end, lineEnd(code, start)) })
      },
    })
  }

  /** Whether a function's body would be shown, or the beginning of it. */
  show(body: Node): boolean {
    return this.#shown.some(({ start, end }) => start < body.start && body.start < end)
  }
}

/** `assert(…)`, `ok(…)`, `t.assert(…)`, `assert.ok(…)`, `t.ok(…)`, `assert.strict(…)`: those that show an expression. */
function isAssertion({ callee }: CallExpression): boolean {
  const name = nameOf(callee)
  if (name === 'assert' || name === 'ok') return true
  return name === 'strict' && callee.type === 'MemberExpression' && nameOf(callee.object) === 'assert'
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' ? node.property.name : undefined
}

function lineEnd(code: string, offset: number): number {
  const ends = /[\n\r\u2028\u2029]|$/g
  ends.lastIndex = offset
  return ends.exec(code)?.index ?? code.length
}
