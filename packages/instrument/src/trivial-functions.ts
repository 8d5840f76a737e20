import type { ArrowFunctionExpression, Function as FunctionNode, Node, ParamPattern, StaticBlock } from 'oxc-parser'

/**
 * Tells which functions are over as soon as they begin: they hold a few nodes, each of which takes
 * a bounded time and calls nothing that is written down in them. What they may reach all the same,
 * an accessor, a proxy or a `valueOf`, has a probe of its own; the fields of a class run before the
 * constructor's probe in any case.
 */
export class TrivialFunctions {
  #nodesLeft = 0

  has(node: FunctionNode | ArrowFunctionExpression | StaticBlock): boolean {
    // A static block runs once: its probe costs nothing.
    if (node.type === 'StaticBlock' || node.async || ('generator' in node && node.generator)) return false
    if (node.body === null) return false
    this.#nodesLeft = MAX_NODES
    return this.#areShort(node.params) && this.#isShort(node.body)
  }

  #areShort(nodes: readonly (Node | ParamPattern | null)[]): boolean {
    return nodes.every((node) => this.#isShort(node))
  }

  /** Only what is listed is short, so that new syntax is not. */
  #isShort(node: Node | ParamPattern | null): boolean {
    if (node === null) return true
    if (--this.#nodesLeft < 0) return false
    switch (node.type) {
      case 'Identifier':
      case 'PrivateIdentifier':
      case 'ThisExpression':
      case 'MetaProperty':
      case 'EmptyStatement':
      case 'BreakStatement':
        return true
      case 'Literal':
        return !('regex' in node || 'bigint' in node)
      case 'BlockStatement':
        return this.#areShort(node.body)
      case 'VariableDeclaration':
        return !node.kind.endsWith('using') && this.#areShort(node.declarations)
      case 'VariableDeclarator':
        return this.#isShort(node.id) && this.#isShort(node.init)
      case 'ExpressionStatement':
      case 'ChainExpression':
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
        return this.#isShort(node.expression)
      case 'ReturnStatement':
      case 'ThrowStatement':
      case 'UnaryExpression':
      case 'UpdateExpression':
        return this.#isShort(node.argument)
      case 'IfStatement':
      case 'ConditionalExpression':
        return this.#areShort([node.test, node.consequent, node.alternate])
      case 'SwitchStatement':
        return this.#isShort(node.discriminant) && this.#areShort(node.cases)
      case 'SwitchCase':
        return this.#isShort(node.test) && this.#areShort(node.consequent)
      case 'BinaryExpression':
      case 'LogicalExpression':
      case 'AssignmentExpression':
        // A power of large integers takes as long as it likes.
        return !node.operator.startsWith('**') && this.#isShort(node.left) && this.#isShort(node.right)
      case 'SequenceExpression':
        return this.#areShort(node.expressions)
      case 'MemberExpression':
        return this.#isShort(node.object) && (!node.computed || this.#isShort(node.property))
      case 'TemplateLiteral':
        return this.#areShort(node.expressions)
      case 'ArrayExpression':
        return this.#areShort(node.elements)
      case 'ObjectExpression':
      case 'ObjectPattern':
        return this.#areShort(node.properties)
      case 'Property':
        return (!node.computed || this.#isShort(node.key)) && this.#isShort(node.value)
      case 'AssignmentPattern':
        return this.#isShort(node.left) && this.#isShort(node.right)
      case 'TSParameterProperty':
        return this.#isShort(node.parameter)
      default:
        return false
    }
  }
}

/** See docs/decisions/trivial-functions.md. */
const MAX_NODES = 20
