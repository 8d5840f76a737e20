import type {
  AwaitExpression,
  BlockStatement,
  ForOfStatement,
  Node,
  TryStatement,
  VisitorObject,
  YieldExpression,
} from 'oxc-parser'
import type MagicString from 'magic-string'
import type { ProbeText } from './probe-text.js'
import type { ResumableScope, ScopeStack } from './scope.js'
import { needsSemicolon } from './statement-end.js'

/**
 * Closes the running slice wherever an async function or a generator suspends, and opens the next
 * one wherever it can resume: after `await` and `yield` by the value, in `catch` and `finally`
 * when it resumed by a throw or a `return()`. Insertions only, so that no line moves, and no
 * `await` is added, so that no microtask is.
 */
export class SuspensionProbes {
  readonly #edits: MagicString
  readonly #probes: ProbeText
  readonly #scopes: ScopeStack
  /** Outermost label of each labelled loop: statements around the loop go around the label. */
  readonly #labels = new Map<Node, Node>()
  /** The blocks of `try` and `catch` from which a throw or a `return()` leads elsewhere. */
  readonly #guarded = new Map<Node, GuardedBlock>()
  /** Blocks that begin by reopening the slice. */
  readonly #landed = new Set<Node>()
  /** Blocks that wait when they are left, because of `await using`. */
  readonly #disposing = new Set<Node>()
  /** The declarations with `await using` in them. */
  readonly #waiting = new Set<Node>()

  constructor(edits: MagicString, probes: ProbeText, scopes: ScopeStack) {
    this.#edits = edits
    this.#probes = probes
    this.#scopes = scopes
  }

  readonly visitor: VisitorObject = {
    AwaitExpression: (node) => this.#enterSuspension(node, node.argument),
    'AwaitExpression:exit': (node) => this.#leaveSuspension(node, node.argument),
    YieldExpression: (node) => this.#enterSuspension(node, node.argument),
    'YieldExpression:exit': (node) => this.#leaveSuspension(node, node.argument),
    ReturnStatement: ({ start, argument }) => {
      const scope = this.#scopes.resumable
      if (scope?.isModule) this.#enterModuleReturn(start, argument)
      else if (scope?.isAsyncGenerator && argument !== null) this.#before(argument, this.#pause(scope).before)
    },
    'ReturnStatement:exit': (node) => {
      const scope = this.#scopes.resumable
      const { argument } = node
      if (argument === null) return
      if (scope?.isModule) this.#after(argument, this.#probes.returnFromModule().after)
      else if (scope?.isAsyncGenerator) this.#after(argument, this.#pause(scope).after)
      this.#endStatement(node)
    },
    'ExpressionStatement:exit': (node) => this.#endStatement(node),
    'ThrowStatement:exit': (node) => this.#endStatement(node),
    'VariableDeclaration:exit': (node) => {
      const scope = this.#scopes.resumable
      if (scope !== undefined && this.#waiting.has(node)) {
        this.#after(node, this.#probes.declarePauser(scope.activation))
      } else {
        this.#endStatement(node)
      }
    },
    LabeledStatement: (node) => {
      this.#labels.set(node.body, this.#labels.get(node) ?? node)
    },
    ForOfStatement: (node) => {
      const scope = this.#scopes.resumable
      if (scope !== undefined && node.await) this.#enterForAwait(node, scope)
    },
    'ForOfStatement:exit': (node) => {
      const scope = this.#scopes.resumable
      if (scope !== undefined && node.await) this.#leaveForAwait(node, scope)
    },
    TryStatement: (node) => this.#enterTry(node),
    BlockStatement: (node) => this.#enterBlock(node),
    'BlockStatement:exit': (node) => this.#leaveBlock(node),
  }

  #enterSuspension(node: AwaitExpression | YieldExpression, argument: Node | null): void {
    const scope = this.#scopes.resumable
    if (scope === undefined) return
    scope.suspensions++
    this.#before(node, this.#probes.resume(scope.activation).before)
    if (argument !== null) this.#before(argument, this.#pauseAt(node, scope).before)
  }

  #leaveSuspension(node: AwaitExpression | YieldExpression, argument: Node | null): void {
    const scope = this.#scopes.resumable
    if (scope === undefined) return
    if (argument === null) this.#after(node, ` ${this.#probes.pauseCall(scope.activation)}`)
    else this.#after(argument, this.#pauseAt(node, scope).after)
    this.#after(node, this.#probes.resume(scope.activation).after)
  }

  #enterModuleReturn(start: number, argument: Node | null): void {
    if (argument === null) this.#edits.appendLeft(start + 'return'.length, ` ${this.#probes.endModuleCall()}`)
    else this.#before(argument, this.#probes.returnFromModule().before)
  }

  /**
   * `for await` waits before each turn and after the last, and when it is left early: the slice
   * closes where the iterable is known and at the end of each turn, and opens at its beginning.
   */
  #enterForAwait(node: ForOfStatement, { activation }: ResumableScope): void {
    this.#before(this.#labels.get(node) ?? node, '{')
    this.#before(node.right, this.#probes.iterate(activation).before)
    this.#before(node.body, `{${this.#probes.reopen(activation)}try{`)
  }

  #leaveForAwait(node: ForOfStatement, scope: ResumableScope): void {
    const { activation } = scope
    scope.suspensions++
    this.#after(node.right, this.#probes.iterate(activation).after)
    this.#after(node.body, `}finally{${this.#probes.pauseCall(activation)}}}`)
    this.#after(this.#labels.get(node) ?? node, `${this.#probes.reopen(activation)}}`)
  }

  #enterTry(node: TryStatement): void {
    const scope = this.#scopes.resumable
    if (scope === undefined) return
    const landings = [node.handler?.body, node.finalizer].filter((block) => block != null)
    const guard = { suspensionsBefore: scope.suspensions, landings }
    this.#guarded.set(node.block, guard)
    if (node.handler !== null && node.finalizer !== null) {
      this.#guarded.set(node.handler.body, { suspensionsBefore: scope.suspensions, landings: [node.finalizer] })
    }
  }

  #enterBlock(node: BlockStatement): void {
    const scope = this.#scopes.resumable
    if (scope === undefined) return
    const waiting = node.body.filter(isAwaitUsing)
    if (waiting.length === 0) return
    if (node !== scope.body) {
      this.#disposing.add(node)
      this.#before(node, '{try')
    }
    for (const declaration of waiting) this.#waiting.add(declaration)
  }

  #leaveBlock(node: BlockStatement): void {
    const scope = this.#scopes.resumable
    if (scope === undefined) return
    if (this.#disposing.has(node)) {
      scope.suspensions++
      this.#after(node, `finally{${this.#probes.reopen(scope.activation)}}}`)
    }
    const guard = this.#guarded.get(node)
    if (guard === undefined || guard.suspensionsBefore === scope.suspensions) return
    for (const landing of guard.landings) {
      if (this.#landed.has(landing)) continue
      this.#landed.add(landing)
      this.#edits.appendLeft(landing.start + 1, this.#probes.reopen(scope.activation))
    }
  }

  #endStatement(node: Node): void {
    if (this.#scopes.resumable === undefined) return
    if (needsSemicolon(this.#edits.original, node.end)) this.#after(node, ';')
  }

  #pauseAt(node: AwaitExpression | YieldExpression, { activation }: ResumableScope): ReturnType<ProbeText['pause']> {
    const delegates = node.type === 'YieldExpression' && node.delegate
    return delegates ? this.#probes.iterate(activation) : this.#probes.pause(activation)
  }

  #pause(scope: ResumableScope): { readonly before: string; readonly after: string } {
    return this.#probes.pause(scope.activation)
  }

  /** `await(x)`, `yield/x/` and `return[x]` need no space before what follows; a name does. */
  #before(node: Node, text: string): void {
    const needsSpace = endsWithWord(this.#edits.original, node.start)
    this.#edits.appendLeft(node.start, needsSpace ? ` ${text}` : text)
  }

  #after(node: Node, text: string): void {
    this.#edits.appendLeft(node.end, text)
  }
}

/** Where control can land when a suspension in a block resumes by a throw or a `return()`. */
interface GuardedBlock {
  readonly suspensionsBefore: number
  readonly landings: readonly Node[]
}

/** Whether a keyword stands directly before an offset. */
function endsWithWord(code: string, offset: number): boolean {
  return /\w/.test(code.charAt(offset - 1))
}

function isAwaitUsing(statement: Node): boolean {
  return statement.type === 'VariableDeclaration' && statement.kind === 'await using'
}
