import { recordingEnvironment, type RecordOptions } from '@tracer/loader'
import { readSession } from '@tracer/spool'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('./programs/seen', import.meta.url))

/** A program of `programs/seen` with the options of Node.js that one of its `// args:` lines gives. */
export interface SeenProgram {
  readonly file: string
  readonly args: readonly string[]
  /** Functions that have to be in its trace: `// traces: f, g`. */
  readonly traces: readonly string[]
  /** The last major version of Node.js that runs it: `// until: 20`. */
  readonly until: number
}

export function seenPrograms(): SeenProgram[] {
  return readdirSync(FOLDER)
    .filter((name) => /\.[cm]js$/.test(name))
    .flatMap((file) => {
      const code = readFileSync(join(FOLDER, file), 'utf8')
      const values = (key: string): string[] =>
        Array.from(code.matchAll(new RegExp(`^// ${key}:(.*)$`, 'gm')), ([, value = '']) => value.trim())
      const traces = values('traces').flatMap((names) => names.split(', '))
      const until = Number(values('until')[0] ?? Infinity)
      const runs = values('args').map((args) => args.split(' ').filter(Boolean))
      return (runs.length === 0 ? [[]] : runs).map((args) => ({ file, args, traces, until }))
    })
}

/** Major version and binary of this Node.js, and of those that npm packages bring for Linux on x64. */
export const NODES: readonly { readonly major: number; readonly path: string }[] = [
  { major: Number(process.versions.node.split('.')[0]), path: process.execPath },
  ...[22, 24, 26].map((major) => ({
    major,
    path: fileURLToPath(new URL(`../../../tests/nodes/node_modules/node-${major}/bin/node`, import.meta.url)),
  })),
].filter(({ path }) => existsSync(path))

/** What can be seen of a program from outside. */
export interface SeenFromOutside {
  readonly stdout: string
  readonly stderr: string
  readonly end: number | string | null
}

export async function runBare({ file, args }: SeenProgram, node: string): Promise<SeenFromOutside> {
  return run(node, [...args, join(FOLDER, file)], process.env)
}

/** The same recorded, and the names of the functions that its trace holds. */
export async function runRecorded(
  { file, args }: SeenProgram,
  node: string,
  options: RecordOptions = {},
): Promise<{ readonly seen: SeenFromOutside; readonly traced: ReadonlySet<string>; readonly warnings: number }> {
  const session = mkdtempSync(join(tmpdir(), 'tracer-seen-'))
  try {
    const environment = recordingEnvironment({ root: FOLDER, exact: true, ...options }, session, process.env)
    const seen = await run(node, [...args, join(FOLDER, file)], environment)
    const { trace, warnings } = await readSession(session)
    const traced = new Set<string>()
    for (const track of trace.tracks) {
      if (track.kind === 'thread') for (const site of track.slices.site) traced.add(trace.sites[site].name)
    }
    return { seen, traced, warnings: warnings.length }
  } finally {
    rmSync(session, { recursive: true })
  }
}

async function run(node: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<SeenFromOutside> {
  const child = spawn(node, args, { cwd: FOLDER, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ])
  return { stdout, stderr: stderr.replace(/\(node:\d+\)/g, '(node)'), end: signal ?? code }
}
