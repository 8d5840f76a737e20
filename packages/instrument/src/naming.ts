import type {
  ArrowFunctionExpression,
  Class,
  ClassElement,
  Function as FunctionNode,
  Node,
  ObjectExpression,
  PropertyKey,
  StaticBlock,
  VisitorObject,
} from 'oxc-parser'

/** What has a name of its own, or is given one. */
export type Nameable = FunctionNode | ArrowFunctionExpression | StaticBlock | Class

/**
 * Says what a person would call a function, from what stands around it: `Class.method`,
 * `object.key`, `Foo.#bar`, `get size`, `new Foo`. Its visitor has to run with the one that asks,
 * because parents name their children before those are visited.
 */
export class Naming {
  readonly #names = new Map<Node, string>()
  /** Where a person would say a function begins, when not at its own start: at a method's key. */
  readonly #starts = new Map<Node, number>()
  readonly #code: string
  readonly #originalNameAt: (offset: number) => string | undefined

  /** `originalNameAt` gives the name that an identifier had before it was renamed, if it was. */
  constructor(code: string, originalNameAt: (offset: number) => string | undefined) {
    this.#code = code
    this.#originalNameAt = originalNameAt
  }

  /** The name of a function, if anything around it gives one. */
  of(node: Nameable): string | undefined {
    const id = 'id' in node ? node.id : null
    return id === null ? this.#names.get(node) : this.#identifier(id)
  }

  /** Offset at which a function begins. */
  startOf(node: Node): number {
    return this.#starts.get(node) ?? node.start
  }

  readonly visitor: VisitorObject = {
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier') this.#give(init, this.#identifier(id))
    },
    AssignmentExpression: ({ left, right }) => this.#give(right, this.#target(left)),
    AssignmentPattern: ({ left, right }) => this.#give(right, this.#target(left)),
    ExportDefaultDeclaration: ({ declaration }) => this.#give(declaration, 'default'),
    TSExportAssignment: ({ expression }) => this.#give(expression, 'module.exports'),
    ObjectExpression: (node) => this.#nameProperties(node),
    ClassDeclaration: (node) => this.#nameMembers(node),
    ClassExpression: (node) => this.#nameMembers(node),
  }

  #nameProperties(node: ObjectExpression): void {
    const owner = this.#names.get(node)
    for (const property of node.properties) {
      if (property.type !== 'Property') continue
      const key = this.#key(property.key, property.computed)
      const isAccessor = property.kind !== 'init'
      this.#give(property.value, isAccessor ? `${property.kind} ${key}` : joined(owner, key))
      if (property.method || isAccessor) this.#starts.set(property.value, property.key.start)
    }
  }

  #nameMembers(node: Class): void {
    const owner = this.of(node) ?? '(anonymous class)'
    for (const member of node.body.body) this.#nameMember(member, owner)
  }

  #nameMember(member: ClassElement, owner: string): void {
    switch (member.type) {
      case 'MethodDefinition': {
        const key = this.#key(member.key, member.computed)
        this.#starts.set(member.value, member.key.start)
        if (member.kind === 'constructor') this.#names.set(member.value, `new ${owner}`)
        else if (member.kind === 'method') this.#names.set(member.value, joined(owner, key))
        else this.#names.set(member.value, `${member.kind} ${key}`)
        return
      }
      case 'PropertyDefinition':
      case 'AccessorProperty':
        this.#give(member.value, joined(owner, this.#key(member.key, member.computed)))
        return
      case 'StaticBlock':
        this.#names.set(member, `${owner}.<static>`)
        return
      default:
        return
    }
  }

  /** Names the function, class or object literal that `value` is, through parentheses and types. */
  #give(value: Node | null, name: string | undefined): void {
    if (value !== null && name !== undefined) this.#names.set(unwrapped(value), name)
  }

  /** What is said of the target of an assignment; undefined for patterns and computed members. */
  #target(node: Node): string | undefined {
    if (node.type === 'Identifier') return this.#identifier(node)
    const path = this.#path(node)?.filter((part) => part !== 'prototype')
    if (path === undefined || path.length < 2) return undefined
    if (path[0] === 'module' && path[1] === 'exports') return path.slice(2).join('.') || 'module.exports'
    return (OWNERS.has(path[0]) ? path.slice(1) : path).slice(-MAX_PARTS).join('.')
  }

  #path(node: Node): string[] | undefined {
    if (node.type === 'Identifier') return [this.#identifier(node)]
    if (node.type === 'ThisExpression') return ['this']
    if (node.type !== 'MemberExpression') return undefined
    if (node.computed && node.property.type !== 'Literal') return undefined
    const object = this.#path(node.object)
    return object === undefined ? undefined : [...object, this.#key(node.property, false)]
  }

  /** The text of a property's key; a computed one in brackets. */
  #key(key: PropertyKey, computed: boolean): string {
    if (key.type === 'PrivateIdentifier') return `#${this.#identifier(key)}`
    if (key.type === 'Literal') return String(key.value)
    if (!computed && key.type === 'Identifier') return this.#identifier(key)
    const text = this.#code.slice(key.start, key.end).replace(/\s+/g, ' ')
    return `[${text.length > MAX_COMPUTED_LENGTH ? `${text.slice(0, MAX_COMPUTED_LENGTH)}…` : text}]`
  }

  #identifier(node: { readonly name: string; readonly start: number }): string {
    return this.#originalNameAt(node.start) ?? node.name
  }
}

/** Words that say where a function is put and nothing about it. */
const OWNERS: ReadonlySet<string> = new Set(['exports', 'this', 'globalThis', 'window', 'self'])

const MAX_PARTS = 3

const MAX_COMPUTED_LENGTH = 30

function joined(owner: string | undefined, key: string): string {
  return owner === undefined ? key : `${owner}.${key}`
}

function unwrapped(node: Node): Node {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return unwrapped(node.expression)
    default:
      return node
  }
}
