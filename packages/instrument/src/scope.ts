import type { Node } from 'oxc-parser'

/** What the visitors know of the function, static block or module body that they are in. */
export type Scope =
  /** Runs to its end: a single slice. */
  | { readonly kind: 'plain' }
  /** Suspends and resumes: a slice a run. `activation` is the local that holds its state. */
  | ResumableScope
  /** Left as it is. */
  | { readonly kind: 'untouched' }

export interface ResumableScope {
  readonly kind: 'resumable'
  readonly activation: string
  /** The node whose end closes the last slice. */
  readonly body: Node
  /** In an async generator `return` waits for its value. */
  readonly isAsyncGenerator: boolean
  readonly isModule: boolean
  /** Number of places seen so far at which it suspends. */
  suspensions: number
}

/** The scopes around the node that is being visited, innermost last. */
export class ScopeStack {
  readonly #scopes: Scope[] = []

  enter(scope: Scope): void {
    this.#scopes.push(scope)
  }

  leave(): void {
    this.#scopes.pop()
  }

  /** The innermost scope, if it can suspend. */
  get resumable(): ResumableScope | undefined {
    const scope = this.#scopes.at(-1)
    return scope?.kind === 'resumable' ? scope : undefined
  }
}
