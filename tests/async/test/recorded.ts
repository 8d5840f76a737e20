import type { Trace } from '@tracer/core'
import { recordingEnvironment, type RecordOptions } from '@tracer/loader'
import { readSession } from '@tracer/spool'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Runs a program with every call recorded, and by default what set it going; throws when it fails. */
export async function recorded(
  node: string,
  program: string,
  options: RecordOptions = { async: true },
): Promise<Trace> {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-async-'))
  const session = join(folder, 'session')
  try {
    const file = join(folder, 'program.mjs')
    writeFileSync(file, program)
    const env = recordingEnvironment({ root: folder, exact: true, ...options }, session, process.env)
    const child = spawn(node, [file], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
    const [stderr, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'close')])
    if ((code !== 0 && signal !== 'SIGKILL') || stderr !== '') {
      throw new Error(`The program ended with ${code}:\n${stderr}`)
    }
    return (await readSession(session)).trace
  } finally {
    rmSync(folder, { recursive: true })
  }
}
