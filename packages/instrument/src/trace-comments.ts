import type { Comment, Node, Program, VisitorObject } from 'oxc-parser'
import type { Walk } from './walk.js'

/** What a comment before a function asks for. */
export type TraceComment = 'trace' | 'notrace'

/**
 * The `@trace` and `@notrace` comments of a file and the functions they stand before: directly, or
 * before the statement, member or property that defines one. Where both stand, `@notrace` counts.
 */
export class TraceComments {
  /** By the offset at which begins what they are about. */
  readonly #comments = new Map<number, TraceComment>()

  constructor(code: string, program: Program, comments: readonly Comment[], walk: Walk) {
    let following: { readonly start: number; readonly target: number } | undefined
    for (const { value, start, end } of comments.toReversed()) {
      const next = nextToken(code, end)
      const target = following?.start === next ? following.target : next
      following = { start, target }
      if (/(^|[\s*])@notrace\b/.test(value)) this.#add(target, 'notrace')
      else if (/(^|[\s*])@trace\b/.test(value)) this.#add(target, 'trace')
    }
    if (this.#comments.size > 0) walk(program, this.#visitor)
  }

  /** What stands before a node. */
  before(node: Node): TraceComment | undefined {
    return this.#comments.get(node.start)
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
    const comment = this.before(from)
    if (to != null && comment !== undefined) this.#add(to.start, comment)
  }

  #add(offset: number, comment: TraceComment): void {
    if (this.#comments.get(offset) !== 'notrace') this.#comments.set(offset, comment)
  }
}

function nextToken(code: string, offset: number): number {
  const rest = /\S/g
  rest.lastIndex = offset
  return rest.exec(code)?.index ?? code.length
}
