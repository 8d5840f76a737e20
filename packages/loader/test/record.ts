import { isResumed, type Trace } from '@tracer/core'
import { readSession, type Session } from '@tracer/spool'
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
// The built package: what a program preloads is a bundle.
import { recordingEnvironment, type RecordOptions } from '@tracer/loader'

/** What a recorded program printed, how it ended and what it left. */
export interface Recording extends Session {
  readonly stdout: string
  readonly stderr: string
  /** Exit code or signal. */
  readonly end: number | string | null
}

/** Options of {@link record}. */
export interface RecordSettings {
  /** Every function is traced unless they say otherwise. */
  readonly options?: RecordOptions
  /** Sent as soon as the program has printed something. */
  readonly signal?: NodeJS.Signals
  /** Does something to the program as soon as it has printed something. */
  readonly onOutput?: (child: ChildProcess) => void
  /** By default a new one, which is removed; this one is kept. */
  readonly folder?: string
  readonly nodeArgs?: readonly string[]
  /** Another Node.js than that of the tests. */
  readonly node?: string
  /** By default that of `recordingEnvironment`. */
  readonly environment?: (session: string) => NodeJS.ProcessEnv
  /** What stands in the environment beside. */
  readonly added?: NodeJS.ProcessEnv
}

/** Writes a program's files to a new folder, runs the first one recorded and reads what it left. */
export async function record(
  files: Readonly<Record<string, string>>,
  settings: RecordSettings = {},
): Promise<Recording> {
  const folder = settings.folder ?? mkdtempSync(join(tmpdir(), 'tracer-loader-'))
  const session = join(folder, 'session')
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const environment = settings.environment?.(session) ?? recorded(settings.options ?? {}, folder, session)
    const args = [...(settings.nodeArgs ?? []), join(folder, Object.keys(files)[0])]
    const env = { ...environment, ...settings.added }
    const options: SpawnOptions = { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] }
    const child = spawn(settings.node ?? process.execPath, args, options)
    if (child.stdout === null || child.stderr === null) throw new Error('the pipes were asked for')
    const { signal, onOutput } = settings
    if (onOutput !== undefined) child.stdout.once('data', () => onOutput(child))
    if (signal !== undefined) child.stdout.once('data', () => child.kill(signal))
    const [stdout, stderr, [code, endSignal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null, string | null]>,
    ])
    return { ...(await readSession(session)), stdout, stderr, end: endSignal ?? code }
  } finally {
    rmSync(settings.folder === undefined ? folder : session, { recursive: true })
  }
}

function recorded(options: RecordOptions, folder: string, session: string): NodeJS.ProcessEnv {
  return recordingEnvironment({ root: folder, exact: true, ...options }, session, process.env)
}

/** How often each function was called, by name, in a slice or not. */
export function callsOf(trace: Trace): Record<string, number> {
  const calls: Record<string, number> = {}
  const add = (site: number, count: number): void => {
    const { name } = trace.sites[site]
    calls[name] = (calls[name] ?? 0) + count
  }
  for (const track of trace.tracks) {
    if (track.kind === 'counter' || trace.sites[track.slices.site[0]]?.kind === 'turn') continue
    for (let i = 0; i < track.slices.length; i++) if (!isResumed(track.slices, i)) add(track.slices.site[i], 1)
  }
  const { unrecorded } = trace
  for (let i = 0; i < unrecorded.length; i++) add(unrecorded.site[i], unrecorded.calls[i])
  return calls
}

/** When the slices of a function began and ended, on the clock of `process.hrtime`. */
export function spansOf(trace: Trace, name: string): { readonly startNs: number; readonly endNs: number }[] {
  const { originNs } = trace.metadata
  return trace.tracks.flatMap((track) => {
    if (track.kind !== 'thread') return []
    const { length, site, startNs, durationNs } = track.slices
    return Array.from({ length }, (_, i) => i)
      .filter((i) => trace.sites[site[i]].name === name)
      .map((i) => ({ startNs: originNs + startNs[i], endNs: originNs + startNs[i] + durationNs[i] }))
  })
}

/** The slices of each thread as indented text; `*` marks those that never ended, `+` later runs. */
export function outline(trace: Trace): string {
  const lines: string[] = []
  for (const track of trace.tracks) {
    if (track.kind !== 'thread') continue
    const { slices } = track
    for (let i = 0; i < slices.length; i++) {
      const mark = (slices.unfinished.has(i) ? '*' : '') + (isResumed(slices, i) ? '+' : '')
      lines.push('  '.repeat(slices.depth[i]) + trace.sites[slices.site[i]].name + mark)
    }
  }
  return lines.join('\n')
}
