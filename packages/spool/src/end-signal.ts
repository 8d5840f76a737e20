import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Notes in a session that a process which ends by SIGKILL does so in place of another signal. */
export function writeEndSignal(folder: string, pid: number, signal: NodeJS.Signals): void {
  try {
    writeFileSync(join(folder, fileName(pid)), signal)
  } catch {
    // Then it is taken for a SIGKILL.
  }
}

/** Which signal that was; undefined when it was a SIGKILL indeed. */
export function readEndSignal(folder: string, pid: number): NodeJS.Signals | undefined {
  try {
    const text = readFileSync(join(folder, fileName(pid)), 'utf8')
    return ENDING.find((signal) => signal === text)
  } catch {
    return undefined
  }
}

function fileName(pid: number): string {
  return `${pid}.signal`
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
