import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSpool } from './spool-reader.js'

/** A process of a session that has not ended. */
export interface LivingProcess {
  readonly pid: number
  readonly name: string
  /** Whether it is to outlive those that started it. */
  readonly isDetached: boolean
}

/** The recorded processes of a session that run at this moment. */
export function livingProcesses(folder: string): LivingProcess[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names.flatMap((name) => {
    const [, pid] = /^(\d+)-0-.*\.spool$/.exec(name) ?? []
    if (pid === undefined || !isAlive(Number(pid))) return []
    for (const block of readSpool(join(folder, name))) {
      if (block.kind !== 'thread') return []
      return [{ pid: Number(pid), name: block.header.processName, isDetached: block.header.isDetached === true }]
    }
    return []
  })
}

/** One that has ended and that nobody has asked for, a zombie, still takes signals. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const state = stat.charAt(stat.lastIndexOf(')') + 2)
    return state !== 'Z' && state !== 'X'
  } catch {
    // Not on Linux, or gone by now.
    return process.platform !== 'linux'
  }
}
