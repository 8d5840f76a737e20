import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const FOLDER = join(import.meta.dirname, '..')

const BUILD = join(FOLDER, 'scripts', 'build-addon.mjs')

/** Compiles the addon to `file`, and gives what the script printed. It fails when the script's exit code is not 0. */
export function buildAddon(file: string, env: Record<string, string> = {}): string {
  return execFileSync(process.execPath, [BUILD, file], { encoding: 'utf8', env: { ...process.env, ...env } })
}

/** A folder that is gone when the scope ends. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'clock-native-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

/** Asked apart from the script that builds, which has to find the same. */
export const hasCompiler =
  process.platform !== 'win32' &&
  (process.env['CC']?.split(' ', 1) ?? ['cc', 'gcc', 'clang']).some(
    (command) => spawnSync(command, ['--version']).status === 0,
  )
