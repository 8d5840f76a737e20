import { spawnSync } from 'node:child_process'
import { ROOT } from './workspace.mjs'

/** For every tool of this repository: nothing phones home, nothing advertises itself. */
const QUIET = {
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  NO_UPDATE_NOTIFIER: '1',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
}

/**
 * Where a command runs, and whether its output is kept (`capture`) or shown.
 *
 * @typedef {{ cwd?: string, capture?: boolean }} CommandOptions
 */

/**
 * Runs a command and waits for it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {{ code: number, output: string }} `output` is empty unless captured
 */
export function runCommand(command, args, { cwd = ROOT, capture = false } = {}) {
  const done = spawnSync(command, args, {
    cwd,
    env: quietEnvironment(),
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // npm, npx and what lies in node_modules/.bin are scripts on Windows, which only a shell starts.
    shell: process.platform === 'win32',
  })
  if (done.error) {
    throw new Error(`Cannot start ${command}; is it installed and on the PATH?`, { cause: done.error })
  }
  return { code: done.status ?? 1, output: capture ? done.stdout + done.stderr : '' }
}

function quietEnvironment() {
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, ...QUIET }
  // pnpm refuses an empty HOME; without one it asks the system.
  if (environment['HOME'] === '') delete environment['HOME']
  // npm passes its --silent on in it, and pnpm would then not say why it failed.
  delete environment['npm_config_loglevel']
  return environment
}
