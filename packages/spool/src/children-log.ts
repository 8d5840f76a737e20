import fs from 'node:fs'
import { join } from 'node:path'

// Taken now: a traced program may put others in their place.
const { closeSync, openSync, readFileSync, writeSync } = fs

/** What is known of a process by the one that started it. */
export interface ChildNote {
  /** What its own spool names as `spawnKey`; empty for the one that the session began with. */
  readonly key: string
  readonly pid: number
  /** Of one that is expected to record itself. */
  readonly commandLine?: readonly string[]
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
}

const FILE_NAME = 'children.jsonl'

/** Adds a line to what is known of children in a session. Whoever is killed right after has said it. */
export function noteChild(folder: string, note: ChildNote): void {
  try {
    const file = openSync(join(folder, FILE_NAME), 'a')
    try {
      writeSync(file, `${JSON.stringify(note)}\n`)
    } finally {
      closeSync(file)
    }
  } catch {
    // A disk that fails is the recording's misfortune, not the program's.
  }
}

/** All notes of a session; lines that are cut are passed over. */
export function readChildNotes(folder: string): ChildNote[] {
  let text: string
  try {
    text = readFileSync(join(folder, FILE_NAME), 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as ChildNote]
    } catch {
      return []
    }
  })
}
