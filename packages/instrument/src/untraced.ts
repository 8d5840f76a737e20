import type { Comment, Node, Program, VisitorObject } from 'oxc-parser'
import type { Walk } from './walk.js'

/**
 * Finds the functions that a `@notrace` comment stands before: directly, or before the statement,
 * member or property that defines them.
 */
export class Untraced {
  /** Offsets at which something begins that is not to be traced. */
  readonly #offsets = new Set<number>()

  constructor(code: string, program: Program, comments: readonly Comment[], walk: Walk) {
    for (const { value, end } of comments) {
      if (/(^|[\s*])@notrace\b/.test(value)) this.#offsets.add(nextToken(code, end))
    }
    if (this.#offsets.size > 0) walk(program, this.#visitor)
  }

  has(node: Node): boolean {
    return this.#offsets.has(node.start)
  }

  readonly #visitor: VisitorObject = {
    ExportNamedDeclaration: (node) => this.#inherit(node, node.declaration),
    ExportDefaultDeclaration: (node) => this.#inherit(node, node.declaration),
    VariableDeclaration: (node) => this.#inherit(node, node.declarations[0]),
    VariableDeclarator: (node) => this.#inherit(node, node.init),
    AssignmentExpression: (node) => this.#inherit(node, node.right),
    Property: (node) => this.#inherit(node, node.value),
    MethodDefinition: (node) => this.#inherit(node, node.value),
    PropertyDefinition: (node) => this.#inherit(node, node.value),
  }

  #inherit(from: Node, to: Node | null | undefined): void {
    if (to != null && this.has(from)) this.#offsets.add(to.start)
  }
}

function nextToken(code: string, offset: number): number {
  const rest = /\S/g
  rest.lastIndex = offset
  return rest.exec(code)?.index ?? code.length
}
