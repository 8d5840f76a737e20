import type { Site } from '@tracer/core'
import type { ProbeName } from '../src/index.js'

interface LoggedActivation {
  readonly site: number
  isRunning: boolean
  runs: number
}

/**
 * Probes that write down what is called, as indented text. They check as they go that slices nest:
 * what ends is always what began last.
 */
export class SliceLog {
  readonly #lines: string[] = []
  readonly #open: number[] = []
  sites: readonly Site[] = []

  readonly probes: Record<ProbeName, (...args: never[]) => unknown> = {
    enter: (site: number) => {
      this.#enter(site, '')
      return this.#lines.length
    },
    exit: (site: number) => this.#exit(site),
    begin: (site: number) => this.#begin(site),
    generate: (site: number) => this.#begin(site),
    beginModule: (site: number) => this.#begin(site),
    pause: (activation: LoggedActivation, value: unknown) => {
      this.#pause(activation)
      return value
    },
    iterate: (activation: LoggedActivation, value: unknown) => {
      this.#pause(activation)
      return value
    },
    resume: (activation: LoggedActivation, value: unknown) => {
      this.#resume(activation)
      return value
    },
    reopen: (activation: LoggedActivation) => {
      if (!activation.isRunning) this.#resume(activation)
    },
    end: (activation: LoggedActivation) => this.#end(activation),
    endModule: (activation: LoggedActivation, value: unknown) => {
      this.#end(activation)
      return value
    },
    asked: () => this.#innermost,
    answer: (_start: number, asked: string) => {
      this.#lines.push(`${this.#lines.pop() ?? ''} (given by ${asked})`)
    },
    pauser: (activation: LoggedActivation) => ({ [Symbol.dispose]: () => this.#pause(activation) }),
  }

  /** The slices so far; those still open are marked. */
  toString(): string {
    const open = this.#open.map((site) => this.#name(site))
    return [...this.#lines, ...open.map((name) => `still open: ${name}`)].join('\n')
  }

  get #innermost(): string {
    const site = this.#open.at(-1)
    return site === undefined ? 'nobody' : this.#name(site)
  }

  #begin(site: number): LoggedActivation {
    this.#enter(site, '')
    return { site, isRunning: true, runs: 1 }
  }

  #pause(activation: LoggedActivation): void {
    if (!activation.isRunning) return
    this.#exit(activation.site)
    activation.isRunning = false
  }

  #resume(activation: LoggedActivation): void {
    if (activation.isRunning) throw new Error(`${this.#name(activation.site)} resumed while it runs`)
    activation.isRunning = true
    this.#enter(activation.site, ` (run ${++activation.runs})`)
  }

  #end(activation: LoggedActivation): void {
    if (!activation.isRunning) this.#resume(activation)
    this.#pause(activation)
  }

  #enter(site: number, suffix: string): void {
    this.#lines.push(`${'  '.repeat(this.#open.length)}${this.#name(site)}${suffix}`)
    this.#open.push(site)
  }

  #exit(site: number): void {
    const innermost = this.#open.pop()
    if (innermost !== site) {
      throw new Error(`${this.#name(site)} ended inside ${innermost === undefined ? 'nothing' : this.#name(innermost)}`)
    }
  }

  #name(site: number): string {
    return this.sites[site - FIRST_SITE_ID]?.name ?? `site ${site}`
  }
}

export const FIRST_SITE_ID = 1
