import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../bin/tracer.js', import.meta.url))

/** How a run of the command ended. */
export interface Finished {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface StartOptions {
  readonly cwd: string
  readonly input?: string
  readonly env?: NodeJS.ProcessEnv
  /** Called with the process and all that it has printed on stdout, whenever it prints. */
  readonly onStdout?: (child: ChildProcess, text: string) => void
  /** Counts stdout in place of keeping it. */
  readonly onStdoutBytes?: (length: number) => void
}

/** Runs `tracer` as a person would, and waits for its end. */
export function tracer(
  args: readonly string[],
  { cwd, input, env, onStdout, onStdoutBytes }: StartOptions,
): Promise<Finished> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    // What the test runner sets for itself is not part of the world under test.
    env: { ...process.env, NODE_OPTIONS: undefined, NO_COLOR: undefined, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (piece: Buffer) => {
    if (onStdoutBytes !== undefined) {
      onStdoutBytes(piece.length)
      return
    }
    stdout += piece.toString()
    onStdout?.(child, stdout)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => {}).end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => {
      resolve({ exitCode, signal, stdout, stderr })
    })
  })
}
