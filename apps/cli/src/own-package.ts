import { readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, resolve, sep } from 'node:path'

/** Commands that only start the user's program: what they are made of is of no interest to the user. */
const LAUNCHERS: ReadonlySet<string> = new Set([
  ...['npm', 'npx', 'pnpm', 'pnpx', 'yarn', 'yarnpkg', 'corepack'],
  ...['node', 'tsx', 'ts-node', 'nodemon', 'cross-env', 'env-cmd', 'dotenv'],
])

/** Shims that package managers write are short; anything longer is a program. */
const MAX_SHIM_BYTES = 16_384

/**
 * The package of `node_modules` that a command belongs to: `eslint`, `@scope/name`; undefined when
 * it lives elsewhere or only starts other programs.
 */
export function ownPackageOf(file: string): string | undefined {
  if (LAUNCHERS.has(basename(file).replace(/\.\w+$/, ''))) return undefined
  const program = programOf(realpathSync(file))
  const inside = program.split(`${sep}node_modules${sep}`)
  if (inside.length < 2) return undefined
  // The last one: pnpm keeps packages in node_modules/.pnpm/<name>@<version>/node_modules/<name>.
  const [first, second] = inside[inside.length - 1].split(sep)
  if (first.startsWith('.')) return undefined
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** What a shim starts; pnpm, and npm on Windows, write shell scripts in place of links. */
function programOf(file: string): string {
  if (basename(dirname(file)) !== '.bin' || statSync(file).size > MAX_SHIM_BYTES) return file
  const target = /\$basedir[\\/]([^"\s]+)"\s+"?\$@/.exec(readFileSync(file, 'utf8'))?.[1]
  return target === undefined ? file : realPath(resolve(dirname(file), target))
}

function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
