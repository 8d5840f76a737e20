import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What tells on which clock a session was recorded. */
export interface Machine {
  readonly hostName: string
  /** Tells apart the boots of machines; empty where the system has no such id. */
  readonly bootId: string
}

const FILE_NAME = 'machine.json'

/** Says in a session folder where and in which boot it is recorded. Throws what the file system throws. */
export function writeMachine(folder: string, { hostName, bootId }: Machine): void {
  writeFileSync(join(folder, FILE_NAME), JSON.stringify({ hostName, bootId }))
}

/** What {@link writeMachine} wrote; empty texts when it did not. */
export function readMachine(folder: string): Machine {
  try {
    const { hostName = '', bootId = '' } = JSON.parse(readFileSync(join(folder, FILE_NAME), 'utf8')) as Partial<Machine>
    return { hostName, bootId }
  } catch {
    return { hostName: '', bootId: '' }
  }
}
