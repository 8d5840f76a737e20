import { duration } from '@tracer/text-format'
import { execFile } from 'node:child_process'
import { OWN_COMMAND } from '../own-command.js'

/** A file of this many bytes of answer has some hundred thousand threads. */
const MOST_ANSWER_BYTES = 64 << 20

/**
 * Says how long traces are, by `tracer info` in a process of its own: reading a large one neither stops the
 * server nor fills its memory. One at a time; what was read is kept until the file changes.
 */
export class SpanReader {
  readonly #known = new Map<string, string>()
  readonly #end: AbortSignal
  #last: Promise<unknown> = Promise.resolve()

  /** @param end ends a reading that runs */
  constructor(end: AbortSignal) {
    this.#end = end
  }

  /** The span in words; throws when the file cannot be read. */
  async spanOf(path: string, version: string): Promise<string> {
    const key = `${version} ${path}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const reading = this.#last.catch(() => {}).then(() => readSpan(path, this.#end))
    this.#last = reading
    const text = duration(await reading)
    this.#known.set(key, text)
    return text
  }
}

function readSpan(path: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const args = [OWN_COMMAND, 'info', '--json', '--', path]
    execFile(process.execPath, args, { signal, maxBuffer: MOST_ANSWER_BYTES }, (error, stdout, stderr) => {
      const span = error === null ? spanIn(stdout) : undefined
      if (span === undefined) reject(new Error(stderr.split('\n')[0].replace(/^tracer: /, '') || 'It cannot be read.'))
      else resolve(span)
    })
  })
}

function spanIn(json: string): number | undefined {
  const info: unknown = JSON.parse(json)
  const span = typeof info === 'object' && info !== null && 'spanNs' in info ? info.spanNs : undefined
  return typeof span === 'number' ? span : undefined
}
