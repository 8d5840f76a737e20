import fc from 'fast-check'

/** A function of a generated program, and what it does, step by step. */
interface Body {
  readonly steps: readonly Step[]
  /** Whether it throws when it is done. */
  readonly throws: boolean
}

type Step =
  /** Calls an async function and waits for it; `catches` says whether it goes on when that one throws. */
  | { readonly kind: 'await'; readonly body: Body; readonly catches: boolean }
  /** Calls an async function and does not wait. */
  | { readonly kind: 'leave'; readonly body: Body }
  | { readonly kind: 'all' | 'race' | 'any' | 'allSettled'; readonly bodies: readonly Body[] }
  | { readonly kind: 'call' | 'emit'; readonly body: Body }
  | { readonly kind: Scheduler; readonly body: Body }
  /** Waits for what a callback does. */
  | { readonly kind: 'promised'; readonly scheduler: Scheduler; readonly body: Body }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'read' | 'nothing' }
  /** Goes through a generator that gives one value, for which `each` is done once. */
  | Iterated
  /** Waits for something that a timer of its own cancels, and listens to that. */
  | { readonly kind: 'cancelled'; readonly aborter: Body; readonly listener: Body }

interface Iterated {
  readonly kind: 'iterated' | 'iteratedAtOnce'
  readonly body: Body
  /** After so many steps of the body it gives its value. */
  readonly givesAfter: number
  readonly each: Body
  /** Whether the loop is left with that value: what stands behind it in the generator never runs. */
  readonly isLeft: boolean
}

type Scheduler = Settled | 'timer' | 'immediate' | 'tick' | 'microtask' | 'file'

/** A method of a promise that all programs share. */
type Settled = 'then' | 'catch' | 'finally'

const SCHEDULERS: readonly Scheduler[] = [
  'timer',
  'immediate',
  'tick',
  'microtask',
  'file',
  'then',
  'then',
  'catch',
  'finally',
]

/** Steps of an async function, and those of a plain one, which cannot wait. */
const { asyncBody } = fc.letrec<{ asyncBody: Body; plainBody: Body; asyncStep: Step; plainStep: Step }>((tie) => ({
  asyncBody: fc.record({
    steps: fc.array(tie('asyncStep'), { minLength: 1, maxLength: 4, size: 'max' }),
    throws: fc.boolean(),
  }),
  plainBody: fc.record({
    steps: fc.array(tie('plainStep'), { maxLength: 2, size: 'max' }),
    throws: fc.constant(false),
  }),
  asyncStep: fc.oneof(
    { depthIdentifier: 'program', depthSize: 'max', maxDepth: 6 },
    fc.record({ kind: fc.constant('sleep' as const), ms: fc.nat(3) }),
    fc.record({ kind: fc.constant('read' as const) }),
    fc.record({ kind: fc.constant('await' as const), body: tie('asyncBody'), catches: fc.boolean() }),
    fc.record({ kind: fc.constant('await' as const), body: tie('asyncBody'), catches: fc.boolean() }),
    fc.record({ kind: fc.constant('leave' as const), body: tie('asyncBody') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'race' as const, 'any' as const, 'allSettled' as const),
      bodies: fc.array(tie('asyncBody'), { minLength: 1, maxLength: 3, size: 'max' }),
    }),
    fc.record({
      kind: fc.constant('promised' as const),
      scheduler: fc.constantFrom(...SCHEDULERS),
      body: tie('plainBody'),
    }),
    fc.record({
      kind: fc.constant('iterated' as const),
      body: tie('asyncBody'),
      givesAfter: fc.nat(3),
      each: tie('plainBody'),
      isLeft: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('cancelled' as const), aborter: tie('plainBody'), listener: tie('plainBody') }),
    tie('plainStep'),
  ),
  plainStep: fc.oneof(
    { depthIdentifier: 'program', depthSize: 'max', maxDepth: 6 },
    fc.record({ kind: fc.constant('nothing' as const) }),
    fc.record({ kind: fc.constantFrom(...SCHEDULERS), body: tie('plainBody') }),
    fc.record({
      kind: fc.constant('iteratedAtOnce' as const),
      body: tie('plainBody'),
      givesAfter: fc.nat(2),
      each: tie('plainBody'),
      isLeft: fc.boolean(),
    }),
    fc.record({ kind: fc.constantFrom('call' as const, 'emit' as const), body: tie('plainBody') }),
    fc.record({ kind: fc.constant('leave' as const), body: tie('asyncBody') }),
  ),
}))

/** The body of the file that all programs of a run are put into. */
export const MODULE = '(module) program.mjs'

/** A program: one async function, with all that it sets going. */
export const programBody: fc.Arbitrary<Body> = asyncBody

/** The source of a program, and what its trace has to say. */
export interface GeneratedProgram {
  /** The declaration of an async function that never rejects. */
  readonly source: string
  /** As `edgesOf` gives them. */
  readonly edges: readonly string[]
}

/** Writes the program and builds its tree at the same time. */
export function generated(body: Body, name: string): GeneratedProgram {
  const writer = new ProgramWriter(name)
  const source = writer.write(body)
  return { source, edges: writer.edges }
}

/** The text of an async function, and whether it throws in the end. */
interface Written {
  readonly text: string
  readonly isRejected: boolean
}

class ProgramWriter {
  readonly edges: string[] = []
  readonly #prefix: string
  #count = 0

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  write(body: Body): string {
    this.edges.push(`${this.#prefix} < ${MODULE}`)
    const { text } = this.#asyncFunction(body, this.#prefix)
    return `async function ${this.#prefix}() { try { await (${text})() } catch {} }`
  }

  #name(kind: string): string {
    return `${this.#prefix}_${kind}${this.#count++}`
  }

  /** An async function that is called by a task; it is one itself, since it always waits at least once. */
  #asyncFunction(body: Body, parent: string): Written {
    const name = this.#name('async')
    this.edges.push(`${name} < ${parent}`)
    const lines: string[] = ['await null']
    let isOver = false
    for (const step of body.steps) {
      // What stood behind a throw would never run.
      if (isOver) break
      const { text, throws } = this.#step(step, name)
      lines.push(text)
      isOver = throws
    }
    if (body.throws && !isOver) lines.push(`throw new Error('${name}')`)
    return {
      text: `async function ${name}() { ${lines.join('; ')} }`,
      isRejected: isOver || body.throws,
    }
  }

  /** A loop over a generator: it is a task, since it always waits, for whom it gives its value to. */
  #loop({ kind, body, givesAfter, each, isLeft }: Iterated, parent: string): string {
    const isAsync = kind === 'iterated'
    const name = this.#name('generator')
    this.edges.push(`${name} < ${parent}`)
    const lines: string[] = isAsync ? ['await null'] : []
    let given: string | undefined
    let isOver = false
    const give = (): void => {
      given = each.steps.map((step) => this.#step(step, parent).text).join('; ')
      lines.push('yield 1')
      isOver = isLeft
    }
    for (const [index, step] of body.steps.entries()) {
      if (index === givesAfter && !isOver) give()
      if (isOver) break
      const { text, throws } = this.#step(step, name)
      lines.push(text)
      isOver = throws
    }
    if (given === undefined && !isOver) give()
    if (body.throws && !isOver) lines.push(`throw new Error('${name}')`)
    const generator = `(${isAsync ? 'async ' : ''}function* ${name}() { ${lines.join('; ')} })()`
    const inLoop = [given ?? '', isLeft ? 'break' : ''].filter(Boolean).join('; ')
    return `try { for ${isAsync ? 'await ' : ''}(const _ of ${generator}) { ${inLoop} } } catch {}`
  }

  /** A plain function, which is a part of its caller, or a task when it is called back. */
  #plainFunction(body: Body, task: string | undefined, parent: string, first = ''): string {
    const name = this.#name(task === undefined ? 'called' : 'plain')
    if (task === undefined) this.edges.push(`${name} < ${parent}`)
    const own = task ?? name
    const lines = body.steps.map((step) => this.#step(step, own).text)
    return `function ${name}() { ${[...lines, first].filter(Boolean).join('; ')} }`
  }

  #step(step: Step, task: string): { readonly text: string; readonly throws: boolean } {
    switch (step.kind) {
      case 'await': {
        const { text, isRejected } = this.#asyncFunction(step.body, task)
        if (!step.catches) return { text: `await (${text})()`, throws: isRejected }
        return live(`try { await (${text})() } catch {}`)
      }
      case 'leave':
        // Not a function of the program's: it would be called back too.
        return live(`void (${this.#asyncFunction(step.body, task).text})().catch(Boolean)`)
      case 'all':
      case 'race':
      case 'any':
      case 'allSettled': {
        const calls = step.bodies.map((body) => `(${this.#asyncFunction(body, task).text})()`)
        return live(`try { await Promise.${step.kind}([${calls.join(', ')}]) } catch {}`)
      }
      case 'call':
        return live(`(${this.#plainFunction(step.body, task, task)})()`)
      case 'emit':
        return live(`new EventEmitter().once('it', ${this.#plainFunction(step.body, task, task)}).emit('it')`)
      case 'promised': {
        const callback = this.#plainFunction(step.body, undefined, task, 'resolve()')
        return live(
          `{ let resolve; const done = new Promise(keep); ${scheduled(step.scheduler, callback)}; await done; function keep(r) { resolve = r } }`,
        )
      }
      case 'sleep':
        return live(`await sleep(${step.ms})`)
      case 'read':
        return live(`await readFile(import.meta.filename ?? new URL(import.meta.url))`)
      case 'iterated':
      case 'iteratedAtOnce':
        return live(this.#loop(step, task))
      case 'nothing':
        return live('')
      case 'cancelled': {
        const listener = this.#name('plain')
        const aborter = this.#name('called')
        this.edges.push(`${aborter} < ${task}`)
        const inListener = step.listener.steps.map((inner) => this.#step(inner, aborter).text)
        const inAborter = step.aborter.steps.map((inner) => this.#step(inner, aborter).text)
        const controller = `${listener}_controller`
        return live(
          `{ const ${controller} = new AbortController(); ` +
            `${controller}.signal.addEventListener('abort', function ${listener}() { ${inListener.join('; ')} }); ` +
            `setTimeout(function ${aborter}() { ${[...inAborter, `${controller}.abort()`].join('; ')} }, 1); ` +
            `try { await sleep(5000, 0, { signal: ${controller}.signal }) } catch {} }`,
        )
      }
      default:
        return live(scheduled(step.kind, this.#plainFunction(step.body, undefined, task)))
    }
  }
}

function live(text: string): { readonly text: string; readonly throws: boolean } {
  return { text, throws: false }
}

function scheduled(scheduler: Scheduler, callback: string): string {
  switch (scheduler) {
    case 'timer':
      return `setTimeout(${callback}, 2)`
    case 'immediate':
      return `setImmediate(${callback})`
    case 'tick':
      return `process.nextTick(${callback})`
    case 'microtask':
      return `queueMicrotask(${callback})`
    case 'then':
      return `void shared.then(${callback})`
    case 'catch':
      return `void refused.catch(${callback})`
    case 'finally':
      return `void shared.finally(${callback})`
    case 'file':
      return `fs.readFile(import.meta.filename ?? new URL(import.meta.url), ${callback})`
  }
}

/** One file that runs programs side by side. */
export function fileOf(programs: readonly GeneratedProgram[], names: readonly string[]): string {
  return `
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
const shared = sleep(3)
const refused = Promise.reject(new Error('refused'))
refused.catch(Boolean)
${programs.map(({ source }) => source).join('\n')}
${names.map((name) => `void ${name}()`).join('\n')}
new EventEmitter()
void [fs, readFile, sleep]
`
}
