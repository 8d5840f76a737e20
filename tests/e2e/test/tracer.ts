import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** The command itself. */
export const TRACER = require.resolve('@tracer/cli/bin/tracer.js')

/** What a run printed and recorded. */
export interface TracedRun {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
  readonly summary: Summary
  readonly events: readonly TraceEvent[]
}

/** The object that `--summary json` prints. */
export interface Summary {
  readonly output: string
  readonly bytes: number
  readonly events: number
  readonly dropped: number
  readonly threads: number
  readonly processes: number
  readonly durationMs: number
  readonly functionsInstrumented: number
  readonly functionsSkipped: Readonly<Record<string, number>>
  readonly modulesSkipped: readonly { readonly file: string; readonly reason: string }[]
  readonly overheadNs: number
}

/** The fields of a trace event that the tests look at. */
export interface TraceEvent {
  readonly ph: string
  readonly name: string
  readonly cat: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  /** Microseconds. */
  readonly dur: number
  readonly args?: Readonly<Record<string, unknown>>
  /** Of an arrow: both its ends have it. */
  readonly id?: number
}

/** Where and with what a program runs. */
export interface RunOptions {
  readonly cwd?: string
  /** Added to the environment of the tests. */
  readonly env?: NodeJS.ProcessEnv
}

/** What a run printed and how it ended. */
export interface BareRun {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

/** Runs `tracer` on a version of Node.js and reads the file with `JSON.parse` alone. */
export function trace(node: string, args: readonly string[], options: RunOptions = {}): TracedRun {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-e2e-'))
  try {
    const output = join(folder, 'trace.json')
    const run = spawnSync(node, [TRACER, '--summary', 'json', '-o', output, ...args], {
      cwd: options.cwd ?? folder,
      env: environmentOf(node, options.env),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    const lastLine = run.stderr.trimEnd().split('\n').at(-1) ?? ''
    return {
      stdout: run.stdout,
      stderr: run.stderr,
      exitCode: run.status,
      summary: JSON.parse(lastLine) as Summary,
      events: JSON.parse(readFileSync(output, 'utf8')) as TraceEvent[],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs a program as it is. */
export function bare(node: string, args: readonly string[], options: RunOptions = {}): BareRun {
  const { cwd, env } = options
  const run = spawnSync(node, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: environmentOf(node, env),
    encoding: 'utf8',
  })
  return { stdout: run.stdout, stderr: run.stderr, exitCode: run.status }
}

/** What starts `node` gets the version that is tested. */
export function environmentOf(node: string, added: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: dirname(node) + delimiter + (process.env['PATH'] ?? ''), ...added }
}
