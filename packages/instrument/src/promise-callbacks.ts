import type { Argument, Node, VisitorObject } from 'oxc-parser'

/**
 * The functions that are written as arguments of `then`, `catch` and `finally`: a promise calls them, at a time when
 * nothing tells any more who asked for it.
 */
export class PromiseCallbacks {
  readonly #functions = new Set<Node>()

  readonly visitor: VisitorObject = {
    CallExpression: ({ callee, arguments: args }) => {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.computed) return
      if (METHODS.has(callee.property.name)) for (const argument of args) this.#add(argument)
    },
  }

  has(node: Node): boolean {
    return this.#functions.has(node)
  }

  #add(argument: Argument): void {
    const isFunction = argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression'
    if (isFunction && !argument.generator) this.#functions.add(argument)
  }
}

const METHODS = new Set(['then', 'catch', 'finally'])
