import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { BLOCK_HEADER_BYTES, END, padded } from './block.js'
import { readChildNotes } from './children-log.js'
import { readSpool } from './spool-reader.js'

/** A process of a session that has not ended. */
export interface LivingProcess {
  readonly pid: number
  readonly name: string
  /** Whether it is to outlive those that started it. */
  readonly isDetached: boolean
}

/**
 * The recorded processes of a session that run at this moment; not those of which it is known that they have ended,
 * whose number may be another's by now.
 */
export function livingProcesses(folder: string): LivingProcess[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  const ended = readChildNotes(folder).filter(({ exitCode, signal }) => exitCode !== undefined || signal !== undefined)
  return names.flatMap((name) => {
    const [, pid] = /^(\d+)-0-.*\.spool$/.exec(name) ?? []
    if (pid === undefined || !isAlive(Number(pid))) return []
    const path = join(folder, name)
    for (const block of readSpool(path)) {
      if (block.kind !== 'thread') return []
      const { processName, spawnKey, isDetached } = block.header
      if (ended.some((note) => note.key === spawnKey && note.pid === Number(pid)) || endsInOrder(path)) return []
      return [{ pid: Number(pid), name: processName, isDetached: isDetached === true }]
    }
    return []
  })
}

/** Whether the last block of a spool is the last word of its thread: it stands in the last bytes, however large the file is. */
function endsInOrder(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const length = Math.min(size, MOST_END_BYTES)
    const bytes = new Uint8Array(length)
    const read = readSync(file, bytes, 0, length, size - length)
    const words = new Uint32Array(bytes.buffer, 0, Math.floor(read / 4))
    for (let at = 0; at + 2 <= words.length; at += 2) {
      const isLast = at * 4 + BLOCK_HEADER_BYTES + padded(words[at + 1]) === read
      if (words[at] === END && isLast) return true
    }
    return false
  } finally {
    closeSync(file)
  }
}

/** A multiple of 8, as all blocks are. */
const MOST_END_BYTES = 1024

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
