import { recordingEnvironment, type RecordOptions } from '@tracer/loader'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What can be seen of a program from outside. */
export interface Seen {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

/** Runs the first of the files as it is, and recorded. */
export function bareAndRecorded(
  files: Readonly<Record<string, string | Buffer>>,
  nodeArgs: readonly string[] = [],
  added: NodeJS.ProcessEnv = {},
  options: RecordOptions = { exact: true },
): { readonly bare: Seen; readonly recorded: Seen } {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-compare-'))
  try {
    const run = (env: NodeJS.ProcessEnv): Seen => {
      // Each time, because programs change and delete them.
      for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
      const args = [...nodeArgs, join(folder, Object.keys(files)[0])]
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
      return { stdout, stderr, status }
    }
    return {
      bare: run({ ...process.env, ...added }),
      recorded: run({ ...recordingEnvironment(options, join(folder, 'session'), process.env), ...added }),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
