import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * A process that has ended.
 *
 * @typedef {object} EndedProcess
 * @property {string} ending `exit 0`, `SIGSEGV`, `time limit`
 * @property {string} stdout
 * @property {string} stderr
 * @property {number} durationMs
 */

/**
 * Runs a command; it and all it started are ended when the time is over.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, timeLimitMs: number }} options
 * @returns {Promise<EndedProcess>}
 */
export async function runTimed(command, { cwd, env, timeLimitMs }) {
  const [program = '', ...args] = command
  const started = performance.now()
  // Detached makes it the leader of a process group, so that what it starts can be ended with it.
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr] = [child.stdout, child.stderr].map(collect)
  let late = false
  const timer = setTimeout(() => {
    late = true
    endGroup(child)
  }, timeLimitMs)
  try {
    const closing = /** @type {Promise<[number | null, NodeJS.Signals | null]>} */ (once(child, 'close'))
    const [code, signal] = await closing
    const ending = late ? 'time limit' : (signal ?? `exit ${code}`)
    return { ending, stdout: textOf(stdout), stderr: textOf(stderr), durationMs: performance.now() - started }
  } finally {
    clearTimeout(timer)
  }
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child */
function endGroup(child) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone; what holds the pipes open left it.
  }
  child.stdout.destroy()
  child.stderr.destroy()
}

/** @param {import('node:stream').Readable} stream */
function collect(stream) {
  /** @type {Buffer[]} */
  const chunks = []
  stream.on('data', (chunk) => chunks.push(chunk))
  return chunks
}

/** @param {readonly Buffer[]} [chunks] */
function textOf(chunks = []) {
  return Buffer.concat(chunks).toString()
}
