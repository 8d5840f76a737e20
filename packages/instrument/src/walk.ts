import { Visitor, visitorKeys, type Node, type Program, type VisitorObject } from 'oxc-parser'

/** Visits a tree in the order of its text. */
export type Walk = (program: Program, visitor: VisitorObject) => void

/** The parser's own walk: fast, and recursive. */
export const walk: Walk = (program, visitor) => {
  new Visitor(visitor).visit(program)
}

/** The same for trees that are too deep for it, such as a sum of 10,000 operands. */
export const walkWithoutStack: Walk = (program, visitor) => {
  const handlers = new Map<string, Handler>(Object.entries(visitor) as [string, Handler][])
  const rest: { readonly node: Node; readonly isDone: boolean }[] = [{ node: program, isDone: false }]
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { node, isDone } = next
    handlers.get(isDone ? `${node.type}:exit` : node.type)?.(node)
    if (isDone) continue
    rest.push({ node, isDone: true })
    for (const child of childrenOf(node).reverse()) rest.push({ node: child, isDone: false })
  }
}

/** A handler gets nodes of the type that it is named for. */
type Handler = (node: Node) => void

function childrenOf(node: Node): Node[] {
  return (visitorKeys[node.type] ?? []).flatMap((key) => {
    const value: unknown = Reflect.get(node, key)
    return (Array.isArray(value) ? value : [value]).filter(isNode)
  })
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}
