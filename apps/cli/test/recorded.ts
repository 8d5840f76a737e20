import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { tempFolder } from './temp-folder.js'
import { tracer, type Finished, type StartOptions } from './tracer-process.js'

export interface RunOutcome extends Finished {
  readonly folder: string
  /** What `--summary json` gave: the last line of stderr. */
  readonly summary: Record<string, unknown>
  /** How often each function is in the trace, by name. */
  readonly calls: Readonly<Record<string, number>>
}

/** Records a program of these files and reads what it left. */
export async function record(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = ['app.js'],
  options: Partial<StartOptions> = {},
): Promise<RunOutcome> {
  const folder = tempFolder(files)
  const finished = await tracer(['--summary', 'json', '-o', 'trace.json', ...args], { cwd: folder, ...options })
  const lastLine = finished.stderr.trimEnd().split('\n').at(-1) ?? ''
  if (!lastLine.startsWith('{')) expect.fail(`no summary on the last line of stderr:\n${finished.stderr}`)
  return { ...finished, folder, summary: JSON.parse(lastLine), calls: callsIn(join(folder, 'trace.json')) }
}

/** How often each function is in a trace file, by name. */
export function callsIn(file: string): Record<string, number> {
  const content = JSON.parse(readFileSync(file, 'utf8'))
  const events: { ph: string; name: string }[] = Array.isArray(content) ? content : content.traceEvents
  const calls: Record<string, number> = {}
  for (const { ph, name } of events) if (ph === 'X' || ph === 'B') calls[name] = (calls[name] ?? 0) + 1
  return calls
}

/** `fib(10)` makes 177 calls, `fib(20)` 21,891. */
export const FIB = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }\n'
