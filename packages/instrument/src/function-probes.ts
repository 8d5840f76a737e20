import type { Site, SiteId } from '@tracer/core'
import type MagicString from 'magic-string'
import type {
  ArrowFunctionExpression,
  Directive,
  Function as FunctionNode,
  Node,
  ParamPattern,
  StaticBlock,
  Statement,
  VisitorObject,
} from 'oxc-parser'
import type { Assertions } from './assertions.js'
import { canMoveIntoBlock } from './declarations.js'
import type { Nameable, Naming } from './naming.js'
import type { FunctionSkipReason } from './options.js'
import type { ProbeText } from './probe-text.js'
import type { PromiseCallbacks } from './promise-callbacks.js'
import type { ScopeStack } from './scope.js'
import type { TraceComments } from './trace-comments.js'
import type { TrivialFunctions } from './trivial-functions.js'
import type { WithStatements } from './with-statements.js'

/** What the function visitor works with; all of it belongs to one file. */
export interface FunctionProbesContext {
  readonly code: string
  readonly edits: MagicString
  readonly probes: ProbeText
  readonly scopes: ScopeStack
  readonly naming: Naming
  readonly traceComments: TraceComments
  /** Those to leave alone; undefined when all functions are to be traced. */
  readonly trivialFunctions: TrivialFunctions | undefined
  /** Those that keep when they were given to a promise. */
  readonly promiseCallbacks: PromiseCallbacks
  readonly withStatements: WithStatements
  readonly assertions: Assertions
  /** Registers a site and gives its id. */
  readonly addSite: (offset: number, kind: Site['kind'], name: string | undefined) => SiteId
  readonly skip: (reason: FunctionSkipReason) => void
}

/** Puts a probe around the body of every function, arrow function, method and static block. */
export class FunctionProbes {
  readonly #context: FunctionProbesContext
  /** What closes each body, once its inside has been visited. */
  readonly #closings = new Map<Node, string>()

  constructor(context: FunctionProbesContext) {
    this.#context = context
  }

  readonly visitor: VisitorObject = {
    FunctionDeclaration: (node) => this.#enterFunction(node),
    'FunctionDeclaration:exit': (node) => this.#leaveFunction(node),
    FunctionExpression: (node) => this.#enterFunction(node),
    'FunctionExpression:exit': (node) => this.#leaveFunction(node),
    ArrowFunctionExpression: (node) => this.#enterFunction(node),
    'ArrowFunctionExpression:exit': (node) => this.#leaveFunction(node),
    StaticBlock: (node) => this.#enterStaticBlock(node),
    'StaticBlock:exit': (node) => this.#leaveStaticBlock(node),
  }

  #enterFunction(node: FunctionNode | ArrowFunctionExpression): void {
    const { body } = node
    const isBlock = body?.type === 'BlockStatement'
    if (body === null || this.#isSkipped(node, isBlock ? body.body : [], node.params)) {
      this.#context.scopes.enter({ kind: 'untouched' })
      return
    }
    const isAsked = this.#context.promiseCallbacks.has(node)
    if (isAsked) this.#context.edits.appendLeft(node.start, this.#context.probes.askedBy().before)
    const opening = this.#openSite(node, node, body, isAsked)
    const superEnd = isBlock && declaresProperties(node.params) ? endOfSuperCall(body.body) : undefined
    if (superEnd !== undefined) this.#insertAroundSuper(superEnd, body.start + 1, opening)
    else if (isBlock) this.#insertIntoBody(body.start + 1, body.body, opening)
    else this.#context.edits.appendLeft(body.start, `{${opening}return `)
  }

  #leaveFunction(node: FunctionNode | ArrowFunctionExpression): void {
    this.#context.scopes.leave()
    const closing = this.#closings.get(node)
    if (closing === undefined || node.body === null) return
    if (node.body.type === 'BlockStatement') this.#context.edits.appendLeft(node.body.end - 1, closing)
    else this.#context.edits.appendLeft(node.body.end, `${closing}}`)
    const { edits, probes, promiseCallbacks } = this.#context
    if (promiseCallbacks.has(node)) edits.appendLeft(node.end, probes.askedBy().after)
  }

  #enterStaticBlock(node: StaticBlock): void {
    if (this.#isSkipped(node, node.body, [])) {
      this.#context.scopes.enter({ kind: 'untouched' })
      return
    }
    const brace = this.#context.code.indexOf('{', node.start)
    this.#insertIntoBody(brace + 1, node.body, this.#openSite(node, { async: false, generator: false }, node, false))
  }

  #leaveStaticBlock(node: StaticBlock): void {
    this.#context.scopes.leave()
    const closing = this.#closings.get(node)
    if (closing !== undefined) this.#context.edits.appendLeft(node.end - 1, closing)
  }

  #isSkipped(
    node: FunctionNode | ArrowFunctionExpression | StaticBlock,
    statements: readonly (Directive | Statement)[],
    params: readonly ParamPattern[],
  ): boolean {
    const { traceComments, trivialFunctions, withStatements, assertions, code, skip } = this.#context
    const isResumable = 'async' in node && (node.async || node.generator)
    const body = node.type === 'StaticBlock' ? node : (node.body ?? node)
    const comment = traceComments.before(node)
    if (comment === 'notrace') skip('notrace')
    else if (comment !== 'trace' && trivialFunctions?.has(node)) skip('trivial')
    else if (assertions.show(body)) skip('assertion')
    else if (withStatements.surrounds(node) || (isResumable && withStatements.isWithin(node))) skip('with-statement')
    else if (canMoveIntoBlock(statements, params, code.slice(node.start, node.end))) return false
    else skip('conflicting-declarations')
    return true
  }

  /** Registers the site, enters its scope and gives the text that opens the body. */
  #openSite(
    node: Nameable,
    { async: isAsync, generator: isGenerator }: Pick<FunctionNode, 'async' | 'generator'>,
    body: Node,
    isAsked: boolean,
  ): string {
    const { naming, probes, scopes, addSite } = this.#context
    const site = addSite(naming.startOf(node), 'function', naming.of(node))
    if (!isAsync && !isGenerator) {
      scopes.enter({ kind: 'plain' })
      this.#closings.set(node, probes.close(site))
      return probes.open(site, isAsked)
    }
    const { activation } = probes
    const isAsyncGenerator = isAsync && isGenerator
    scopes.enter({ kind: 'resumable', activation, body, isAsyncGenerator, isModule: false, suspensions: 0 })
    this.#closings.set(node, probes.closeResumable())
    return probes.openResumable(site, isGenerator, isAsked)
  }

  /**
   * TypeScript's parameter properties are assigned right after a `super()` that stands directly in
   * the constructor, so it may not move into the `try` block. If it throws, the caller's probe
   * notices the abandoned call.
   */
  #insertAroundSuper(superEnd: number, start: number, opening: string): void {
    const { edits } = this.#context
    edits.appendLeft(start, opening.slice(0, -TRY.length))
    edits.appendLeft(superEnd, `;${TRY}`)
  }

  /** After the directives, which have to stay first. */
  #insertIntoBody(start: number, statements: readonly (Directive | Statement)[], opening: string): void {
    const end = endOfDirectives(statements)
    if (end === undefined) this.#context.edits.appendLeft(start, opening)
    else this.#context.edits.appendLeft(end, `;${opening}`)
  }
}

/** How the opening of every body ends. */
const TRY = 'try{'

function declaresProperties(params: readonly ParamPattern[]): boolean {
  return params.some(({ type }) => type === 'TSParameterProperty')
}

/** Offset after the statement that calls `super`, directly in a constructor's body. */
function endOfSuperCall(statements: readonly (Directive | Statement)[]): number | undefined {
  return statements.find(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'CallExpression' &&
      statement.expression.callee.type === 'Super',
  )?.end
}

/** Offset at which the directive prologue ends; undefined when there is none. */
export function endOfDirectives(statements: readonly (Directive | Statement)[]): number | undefined {
  let end: number | undefined
  for (const statement of statements) {
    if (statement.type !== 'ExpressionStatement' || !('directive' in statement)) break
    if (statement.directive == null) break
    end = statement.end
  }
  return end
}
