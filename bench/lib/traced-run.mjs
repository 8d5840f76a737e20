import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TRACER = fileURLToPath(import.meta.resolve('@tracer/cli/bin/tracer.js'))

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
 * The same under `tracer`, whose file is thrown away.
 *
 * @param {readonly string[]} args
 * @param {readonly string[]} [options]
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runTraced(args, options = [], env = process.env) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    return runNode([TRACER, '--quiet', '-o', join(folder, 'trace.json'), ...options, ...args], env)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
