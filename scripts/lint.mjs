// `npm run lint`: eslint over the whole repository, some folders a process: with the types of all of
// them one process runs out of memory.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { readMembers, ROOT } from './lib/workspace.mjs'

const FOLDERS_A_PROCESS = 8

const folders = readMembers().map(({ folder }) => folder)
const parts = Array.from({ length: Math.ceil(folders.length / FOLDERS_A_PROCESS) }, (_, part) =>
  folders.slice(part * FOLDERS_A_PROCESS, (part + 1) * FOLDERS_A_PROCESS),
)
/** What lies in no package. */
const rest = ['.', ...folders.flatMap((folder) => ['--ignore-pattern', `${folder}/**`])]
const waiting = [...parts, rest]

await Promise.all(Array.from({ length: availableParallelism() }, lintNext))

/** Lints what waits, part by part. */
async function lintNext() {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const args = [
      'node_modules/eslint/bin/eslint.js',
      '--max-warnings',
      '0',
      '--no-error-on-unmatched-pattern',
      ...part,
    ]
    const eslint = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
    const [code] = await once(eslint, 'exit')
    if (code !== 0) process.exitCode = 1
  }
}
