import { recordingEnvironment } from '@tracer/loader'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const TRACER = fileURLToPath(import.meta.resolve('@tracer/cli/bin/tracer.js'))

/**
 * Runs node and says what it printed and how long it took.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runNode(args, env = process.env) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
  const wholeMs = performance.now() - start
  if (status !== 0) {
    throw new Error(`node ${args.join(' ')} ended with ${status}; build first (npm run build).\n${stderr}`)
  }
  return { stdout, wholeMs }
}

/**
 * The same under `tracer`, whose file is thrown away; also says when it was finished.
 *
 * @param {readonly string[]} args
 * @param {readonly string[]} [options]
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runTraced(args, options = [], env = process.env) {
  return inFolder((folder) => {
    const output = join(folder, 'trace.pftrace')
    const run = runNode([TRACER, '--quiet', '-o', output, ...options, ...args], env)
    return { ...run, savedEpochMs: statSync(output).mtimeMs }
  })
}

/**
 * The same without the command: as far as the interim files, of which it says how large they are
 * and when they were finished.
 *
 * @param {readonly string[]} args
 * @param {import('@tracer/loader').RecordOptions} options
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runRecorded(args, options, env = process.env) {
  return inFolder((folder) => {
    const run = runNode(args, recordingEnvironment(options, folder, env))
    const files = readdirSync(folder).map((name) => statSync(join(folder, name)))
    return {
      ...run,
      bytes: files.reduce((sum, { size }) => sum + size, 0),
      savedEpochMs: Math.max(...files.map(({ mtimeMs }) => mtimeMs)),
    }
  })
}

const TELL_PEAK = new URL('tell-peak.mjs', import.meta.url).href

/**
 * Another command of `tracer`: how long it took, and the most memory it used.
 *
 * @param {readonly string[]} args
 */
export function runCli(args) {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', TELL_PEAK, TRACER, ...args], { encoding: 'utf8' })
  const wholeMs = performance.now() - start
  if (status !== 0) throw new Error(`tracer ${args.join(' ')} ended with ${status}.\n${stderr}`)
  return { wholeMs, peakMb: Number(/peak (\d+)$/.exec(stderr)?.[1]) / 1e6 }
}

/**
 * @template Result
 * @param {(folder: string) => Result} act
 */
function inFolder(act) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    return act(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
