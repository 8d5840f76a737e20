import type { SiteId } from '@tracer/core'

/**
 * The functions that instrumented code calls; whoever provides the probes exports them under
 * these names.
 *
 * - `enter(site)` opens a call and gives its start.
 * - `exit(site, start)` closes it and writes its record.
 * - `begin(site)` opens a call that may suspend and gives its activation.
 * - `generate(site)` does that for a generator.
 * - `pause(activation, value)` closes the running slice and gives `value`.
 * - `iterate(activation, value)` does the same: a generator that begins next is gone through by the activation.
 * - `resume(activation, value)` opens the next one and gives `value`.
 * - `reopen(activation)` opens the next one if none is open: after a throw or a `return()`.
 * - `end(activation)` closes the last slice of a call.
 * - `pauser(activation)` is a disposable that pauses: disposed first, before a wait at a block's end.
 * - `asked()` gives the moment at which a callback is given to a promise, and `answer(start, asked)` tells it when the
 *   callback has begun.
 * - `beginModule(site)`, `endModule(activation, value)` do the same for a module's body.
 */
export const PROBE_NAMES = [
  'enter',
  'exit',
  'begin',
  'generate',
  'pause',
  'iterate',
  'resume',
  'reopen',
  'end',
  'pauser',
  'asked',
  'answer',
  'beginModule',
  'endModule',
] as const

/** One of the functions that instrumented code calls. */
export type ProbeName = (typeof PROBE_NAMES)[number]

/** Writes the text of probes, under names that occur nowhere in the file. */
export class ProbeText {
  readonly #prefix: string
  readonly #used = new Set<ProbeName>()
  readonly #isCounted: boolean
  #pausers = 0

  constructor(code: string, isCounted: boolean) {
    this.#prefix = unusedPrefix(code)
    this.#isCounted = isCounted
  }

  /** Opens a function body that runs to its end; `isAsked` says whether it keeps when it was given to a promise. */
  open(site: SiteId, isAsked: boolean): string {
    const start = `${this.#prefix}start`
    return `const ${start}=${this.#call('enter', String(site))};${isAsked ? this.#answer(start) : ''}try{`
  }

  close(site: SiteId): string {
    return `}finally{${this.#call('exit', String(site), `${this.#prefix}start`)}}`
  }

  /** Opens the body of an async function or a generator. */
  openResumable(site: SiteId, isGenerator: boolean, isAsked: boolean): string {
    const answer = isAsked ? this.#answer(`${this.activation}.start`) : ''
    const begin = this.#call(isGenerator ? 'generate' : 'begin', String(site))
    return `const ${this.activation}=${begin};${answer}try{`
  }

  closeResumable(): string {
    return `}finally{${this.#call('end', this.activation)}}`
  }

  /** Before and after a function that a promise will call: it keeps when it was given to the promise. */
  askedBy(): { readonly before: string; readonly after: string } {
    return { before: `(${this.#asked}=>`, after: `)(${this.#call('asked')})` }
  }

  /** Opens a module's body; what follows the text has to be a statement. */
  openModule(site: SiteId): string {
    return `const ${this.moduleActivation}=${this.#call('beginModule', String(site))};`
  }

  closeModule(): string {
    return `;${this.endModuleCall()};`
  }

  /** The end of a module's body as an expression, whose value is undefined. */
  endModuleCall(): string {
    return this.#call('endModule', this.moduleActivation)
  }

  /** Before and after the value of a `return` of a module's body. */
  returnFromModule(): { readonly before: string; readonly after: string } {
    return { before: `${this.#name('endModule')}(${this.moduleActivation},(`, after: '))' }
  }

  /** Before and after an expression at whose end the function is to be paused. */
  pause(activation: string): { readonly before: string; readonly after: string } {
    return { before: `${this.#name('pause')}(${activation},(`, after: '))' }
  }

  /** The same for an expression whose values the function then goes through, each after a pause. */
  iterate(activation: string): { readonly before: string; readonly after: string } {
    return { before: `${this.#name('iterate')}(${activation},(`, after: '))' }
  }

  /** A pause that stands alone. */
  pauseCall(activation: string): string {
    return this.#call('pause', activation)
  }

  /**
   * Before and after an expression during which the function is paused. V8 names an optional call in its messages as it
   * does an `await` or a `yield`, an *(intermediate value)*; in coverage it takes what follows for run.
   */
  resume(activation: string): { readonly before: string; readonly after: string } {
    return { before: `${this.#name('resume')}${this.#isCounted ? '' : '?.'}(${activation},`, after: ')' }
  }

  reopen(activation: string): string {
    return `${this.#call('reopen', activation)};`
  }

  /** A declaration that pauses first of all when its block is left. */
  declarePauser(activation: string): string {
    return `;using ${this.#prefix}pauser${this.#pausers++}=${this.#call('pauser', activation)};`
  }

  /** The local that holds a call's activation. */
  get activation(): string {
    return `${this.#prefix}activation`
  }

  /** The local that holds the activation of a module's body. */
  get moduleActivation(): string {
    return `${this.#prefix}module`
  }

  #answer(start: string): string {
    return `${this.#call('answer', start, this.#asked)};`
  }

  /** The parameter that holds when a function was given to a promise. */
  get #asked(): string {
    return `${this.#prefix}moment`
  }

  /** Brings the probes that were used into an ES module. */
  importFrom(url: string): string {
    const names = this.#usedNames().map((name) => `${name} as ${this.#name(name)}`)
    return `import{${names.join(',')}}from${JSON.stringify(url)};`
  }

  /** Brings the probes that were used into a CommonJS module or a script; `object` is an expression. */
  takeFrom(object: string, declaration: 'var' | 'const'): string {
    const names = this.#usedNames().map((name) => `${name}:${this.#name(name)}`)
    return `${declaration}{${names.join(',')}}=${object};`
  }

  #usedNames(): ProbeName[] {
    return PROBE_NAMES.filter((name) => this.#used.has(name))
  }

  #call(name: ProbeName, ...args: readonly string[]): string {
    return `${this.#name(name)}(${args.join(',')})`
  }

  #name(name: ProbeName): string {
    this.#used.add(name)
    return `${this.#prefix}${name}`
  }
}

function unusedPrefix(code: string): string {
  for (let i = 0; ; i++) {
    const prefix = i === 0 ? '$t_' : `$t${i}_`
    if (!code.includes(prefix)) return prefix
  }
}
