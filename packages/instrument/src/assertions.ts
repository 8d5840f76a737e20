import type { BindingPattern, CallExpression, Expression, ImportDeclaration, Node, Program } from 'oxc-parser'
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
    const names = new Set(['assert', 'ok'])
    const calls: CallExpression[] = []
    walk(program, {
      ImportDeclaration: (node) => importedNames(node).forEach((name) => names.add(name)),
      VariableDeclarator: ({ id, init }) => {
        if (init !== null && isRequired(init)) boundNames(id).forEach((name) => names.add(name))
      },
      CallExpression: (call) => calls.push(call),
    })
    for (const call of calls) {
      if (!isAssertion(call.callee, names)) continue
      const start = call.callee.end
      this.#shown.push({ start, end: Math.min(call.end, lineEnd(code, start)) })
    }
  }

  /** Whether a function's body would be shown, or the beginning of it. */
  show(body: Node): boolean {
    return this.#shown.some(({ start, end }) => start < body.start && body.start < end)
  }
}

/**
 * `assert(…)`, `ok(…)`, `t.assert(…)`, `assert.ok(…)`, `t.ok(…)`, `assert.strict(…)`, also under the names that a file
 * gave them, and as compilers write them, `(0, assert_1.default)(…)`: those that show an expression.
 */
function isAssertion(callee: Expression, names: ReadonlySet<string>): boolean {
  if (callee.type === 'ParenthesizedExpression') return isAssertion(callee.expression, names)
  if (callee.type === 'SequenceExpression') return isAssertion(callee.expressions[callee.expressions.length - 1], names)
  const name = nameOf(callee)
  if (name === undefined || callee.type !== 'MemberExpression') return name !== undefined && names.has(name)
  if (name === 'assert' || name === 'ok') return true
  return (name === 'strict' || name === 'default') && names.has(nameOf(callee.object) ?? '')
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' ? node.property.name : undefined
}

/** The names by which a file imports assertions that show an expression. */
function importedNames({ source, specifiers }: ImportDeclaration): string[] {
  if (!MODULE.test(source.value)) return []
  return specifiers.flatMap((specifier) => {
    const isOther = specifier.type === 'ImportSpecifier' && !SHOWING.has(nameOf(specifier.imported) ?? '')
    return isOther ? [] : [specifier.local.name]
  })
}

/** The same for the names that `require('assert')`, or a member of it, is bound to. */
function boundNames(pattern: BindingPattern): string[] {
  if (pattern.type === 'Identifier') return [pattern.name]
  if (pattern.type !== 'ObjectPattern') return []
  return pattern.properties.flatMap((property) =>
    property.type === 'Property' && SHOWING.has(nameOf(property.key) ?? '') ? boundNames(property.value) : [],
  )
}

/** `require('assert')`, `require('assert').ok`, and what compilers put around it. */
function isRequired(init: Expression): boolean {
  if (init.type === 'MemberExpression') return isRequired(init.object)
  if (init.type !== 'CallExpression') return false
  const [argument] = init.arguments
  if (argument?.type === 'Literal') return typeof argument.value === 'string' && MODULE.test(argument.value)
  return argument?.type === 'CallExpression' && isRequired(argument)
}

const MODULE = /^(?:node:)?assert(?:\/strict)?$/
const SHOWING: ReadonlySet<string> = new Set(['assert', 'ok', 'strict', 'default'])

function lineEnd(code: string, offset: number): number {
  const ends = /[\n\r\u2028\u2029]|$/g
  ends.lastIndex = offset
  return ends.exec(code)?.index ?? code.length
}
