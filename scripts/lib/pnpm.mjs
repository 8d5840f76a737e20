import { runCommand } from './command.mjs'
import { ROOT, readManifest } from './workspace.mjs'

/**
 * Runs pnpm and waits for it: the one that already runs us, or else the version that package.json
 * pins, through npx.
 *
 * @param {readonly string[]} args
 * @param {import('./command.mjs').CommandOptions} [options]
 */
export function runPnpm(args, options) {
  const insidePnpm = process.env['npm_config_user_agent']?.startsWith('pnpm/') ?? false
  return insidePnpm ? runCommand('pnpm', args, options) : runCommand('npx', ['--yes', pinnedPnpm(), ...args], options)
}

/** `pnpm@<version>`, which stands in package.json only. */
function pinnedPnpm() {
  const { packageManager } = readManifest(ROOT)
  if (!packageManager?.startsWith('pnpm@')) {
    throw new Error(`"packageManager" in package.json is ${packageManager}; set it to pnpm@<version>.`)
  }
  return packageManager
}
