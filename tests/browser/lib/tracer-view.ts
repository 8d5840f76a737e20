import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { onTestFinished } from 'vitest'

const require = createRequire(import.meta.url)

/** The command itself. */
export const TRACER = require.resolve('@tracer/cli/bin/tracer.js')

/** A `tracer view` that runs. */
export interface TracerView {
  /** What it printed: the address with its key. */
  readonly address: string
  /** Ends it by an interrupt; gives its exit code. */
  end(): Promise<number | null>
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>
}

/** Starts `tracer view --no-open` with more arguments, in a folder. */
export async function tracerView(args: readonly string[], cwd: string): Promise<TracerView> {
  const child = spawn(process.execPath, [TRACER, 'view', '--no-open', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that fails before it ends the server leaves none behind.
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
    void ended.then(() => reject(new Error(`tracer view has ended:\n${stderr}`)))
  })
  return {
    address,
    ended,
    end: () => {
      child.kill('SIGINT')
      return ended
    },
  }
}
