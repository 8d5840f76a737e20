import type { SiteId } from '@tracer/core'

/**
 * Arrays of a thread that plain functions look at themselves, so that a call which is not timed
 * costs no call of a probe. Site ids are their indices; {@link ProbeArrays} has their types.
 *
 * - `modes` says of a site whether its calls go through `enter`: 0 means no.
 * - `calls` counts the calls of a site that did not.
 * - `time`, of length 1, is the latest time the thread knows; never negative, and somebody else sets it.
 */
export const PROBE_ARRAYS = ['modes', 'calls', 'time'] as const

/**
 * The functions that instrumented code calls.
 *
 * - `enter(site)` opens a call of a site whose mode is not 0 and gives its start: what is not
 *   `time[0]` goes to `exit` in any case.
 * - `exit(site, start)` closes a call unless `time[0]` is still its start. For a call that did not
 *   go through `enter`, `start` is what `time[0]` was.
 * - `begin(site)` opens a call that may suspend and gives its activation.
 * - `pause(activation, value)` closes the running slice and gives `value`.
 * - `resume(activation, value)` opens the next one and gives `value`.
 * - `reopen(activation)` opens the next one if none is open: after a throw or a `return()`.
 * - `end(activation)` closes the last slice of a call.
 * - `pauser(activation)` is a disposable that pauses: disposed first, before a wait at a block's end.
 * - `beginModule(site)`, `endModule(activation, value)` do the same for a module's body.
 */
export const PROBE_FUNCTIONS = [
  'enter',
  'exit',
  'begin',
  'pause',
  'resume',
  'reopen',
  'end',
  'pauser',
  'beginModule',
  'endModule',
] as const

/** All that instrumented code needs; whoever provides the probes exports it under these names. */
export const PROBE_NAMES = [...PROBE_ARRAYS, ...PROBE_FUNCTIONS] as const

export type ProbeArray = (typeof PROBE_ARRAYS)[number]
export type ProbeFunction = (typeof PROBE_FUNCTIONS)[number]
export type ProbeName = ProbeArray | ProbeFunction

/** The arrays as instrumented code uses them: an element for each site id, one for the time. */
export interface ProbeArrays extends Record<ProbeArray, Uint8Array | Float64Array> {
  readonly modes: Uint8Array
  readonly calls: Float64Array
  readonly time: Float64Array
}

/** Writes the text of probes, under names that occur nowhere in the file. */
export class ProbeText {
  readonly #prefix: string
  readonly #used = new Set<ProbeName>()
  #pausers = 0

  constructor(code: string) {
    this.#prefix = unusedPrefix(code)
  }

  /** Opens a function body that runs to its end. */
  open(site: SiteId): string {
    const untimed = `(${this.#name('calls')}[${site}]++,${this.#time})`
    const start = `${this.#name('modes')}[${site}]?${this.#call('enter', String(site))}:${untimed}`
    return `const ${this.#start}=${start};try{`
  }

  close(site: SiteId): string {
    return `}finally{${this.#time}!==${this.#start}&&${this.#call('exit', String(site), this.#start)}}`
  }

  /** Opens the body of an async function or a generator. */
  openResumable(site: SiteId): string {
    return `const ${this.activation}=${this.#call('begin', String(site))};try{`
  }

  closeResumable(): string {
    return `}finally{${this.#call('end', this.activation)}}`
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

  /** A pause that stands alone. */
  pauseCall(activation: string): string {
    return this.#call('pause', activation)
  }

  /** Before and after an expression during which the function is paused. */
  resume(activation: string): { readonly before: string; readonly after: string } {
    return { before: `${this.#name('resume')}(${activation},`, after: ')' }
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

  /** The local that holds the start of a call that runs to its end. */
  get #start(): string {
    return `${this.#prefix}start`
  }

  get #time(): string {
    return `${this.#name('time')}[0]`
  }

  #usedNames(): ProbeName[] {
    return PROBE_NAMES.filter((name) => this.#used.has(name))
  }

  #call(name: ProbeFunction, ...args: readonly string[]): string {
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
