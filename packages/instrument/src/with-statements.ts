import type { Node, Program } from 'oxc-parser'
import type { Walk } from './walk.js'

/**
 * The bodies of `with` statements. Every name in them is looked up in an object first, which may
 * be a proxy that notices, or have whatever it is asked for.
 */
export class WithStatements {
  readonly #bodies: Node[] = []

  constructor(code: string, program: Program, walk: Walk) {
    if (!/\bwith\s*(?:\(|\/[*/])/.test(code)) return
    walk(program, { WithStatement: ({ body }) => void this.#bodies.push(body) })
  }

  /** Whether there is one around a node. */
  surrounds({ start, end }: Node): boolean {
    return this.#bodies.some((body) => body.start <= start && end <= body.end)
  }

  /** Whether there is one within a node. */
  isWithin({ start, end }: Node): boolean {
    return this.#bodies.some((body) => start <= body.start && body.end <= end)
  }
}
