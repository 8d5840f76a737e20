import type { Body, Iterated, Scheduler, Step } from './program-body.js'

/** The body of the file that all programs of a run are put into. */
export const MODULE = '(module) program.mjs'

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
  #loop({ kind, body, givesAfter, each, isLeft, closing, isDelegated }: Iterated, parent: string): string {
    const isAsync = kind === 'iterated'
    const [name, outer] = [this.#name('generator'), this.#name('outer')]
    if (isDelegated) this.edges.push(`${outer} < ${parent}`)
    this.edges.push(`${name} < ${isDelegated ? outer : parent}`)
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
    if (closing !== undefined) {
      const inEnd = [isAsync ? 'await null' : '', ...closing.steps.map((step) => this.#step(step, name).text)]
      lines.unshift('try {')
      lines.push(`} finally { ${inEnd.filter(Boolean).join('; ')} }`)
    }
    const star = isAsync ? 'async function*' : 'function*'
    const inner = `(${star} ${name}() { ${lines.join('; ')} })()`
    const generator = isDelegated ? `(${star} ${outer}() { yield* ${inner} })()` : inner
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

  /** What is done for the only piece of a source. */
  #each({ each, isLeft }: { readonly each: Body; readonly isLeft: boolean }, task: string): string {
    const lines = each.steps.map((step) => this.#step(step, task).text)
    return [...lines, isLeft ? 'break' : ''].filter(Boolean).join('; ')
  }

  /** A timer that does something and then `last`. */
  #timer(body: Body, task: string, last: string): string {
    return `setTimeout(${this.#plainFunction(body, undefined, task, last)}, 1)`
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
      case 'promisified':
        return live(`await promisify(fs.stat)('.')`)
      case 'iterated':
      case 'iteratedAtOnce':
        return live(this.#loop(step, task))
      case 'streamed':
        return live(`for await (const _ of Readable.from(['a'])) { ${this.#each(step, task)} }`)
      case 'every':
        return live(`for await (const _ of every(1)) { ${this.#each({ ...step, isLeft: true }, task)} }`)
      case 'listened': {
        const emitter = this.#name('emitter')
        const emits = this.#timer({ steps: [], throws: false }, task, `${emitter}.emit('it')`)
        const loop = `for await (const _ of on(${emitter}, 'it')) { ${this.#each({ ...step, isLeft: true }, task)} }`
        return live(`{ const ${emitter} = new EventEmitter(); ${emits}; ${loop} }`)
      }
      case 'heard': {
        const emitter = this.#name('emitter')
        const emits = this.#timer(step.body, task, `${emitter}.emit('it')`)
        return live(`{ const ${emitter} = new EventEmitter(); ${emits}; await once(${emitter}, 'it') }`)
      }
      case 'refused': {
        const refuses = this.#timer(step.body, task, `refuse(new Error('refused'))`)
        return live(
          `{ let refuse; const never = new Promise(keep); ${refuses}; try { await never } catch {}; function keep(_, r) { refuse = r } }`,
        )
      }
      case 'repeated': {
        const name = this.#name('called')
        // Twice, and the second time it does something.
        this.edges.push(`${name} < ${task}`, `${name} < ${task}`)
        const lines = step.body.steps.map((inner) => this.#step(inner, name).text)
        return live(
          `{ let resolve, turns = 0; const done = new Promise(keep); const timer = setInterval(function ${name}() { ` +
            `if (++turns === 1) return; clearInterval(timer); ${[...lines, 'resolve()'].filter(Boolean).join('; ')} }, 1); ` +
            `await done; function keep(r) { resolve = r } }`,
        )
      }
      case 'piped': {
        const [change, write] = [this.#name('called'), this.#name('plain')]
        this.edges.push(`${change} < ${task}`)
        const inChange = step.change.steps.map((inner) => this.#step(inner, change).text)
        // Called at once, by what the transform hands on.
        const inWrite = step.write.steps.map((inner) => this.#step(inner, change).text)
        return live(
          `await pipeline(Readable.from(['a']), ` +
            `new Transform({ transform: function ${change}(piece, _, done) { ${[...inChange, 'done(null, piece)'].join('; ')} } }), ` +
            `new Writable({ write: function ${write}(_, __, done) { ${[...inWrite, 'done()'].join('; ')} } }))`,
        )
      }
      case 'nothing':
        return live('')
      case 'expired': {
        const listener = this.#name('called')
        this.edges.push(`${listener} < ${task}`)
        const lines = step.listener.steps.map((inner) => this.#step(inner, listener).text)
        return live(
          `AbortSignal.timeout(2).addEventListener('abort', function ${listener}() { ${lines.join('; ')} }); await sleep(40)`,
        )
      }
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
import { EventEmitter, on, once } from 'node:events'
import fs from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setInterval as every, setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
const shared = sleep(3)
const refused = Promise.reject(new Error('refused'))
refused.catch(Boolean)
${programs.map(({ source }) => source).join('\n')}
${names.map((name) => `void ${name}()`).join('\n')}
new EventEmitter()
void [fs, readFile, sleep, every, on, once, Readable, Transform, Writable, pipeline, promisify]
`
}
