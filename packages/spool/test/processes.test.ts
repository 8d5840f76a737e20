import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  livingProcesses,
  noteChild,
  readSession,
  SPOOL_VERSION,
  spoolFileName,
  SpoolWriter,
  type ThreadEnd,
  type ThreadHeader,
} from '../src/index.js'

const END: ThreadEnd = { overheadNs: 0, overheadInsideNs: 0, checkNs: 0, tickNs: 0, latestTickNs: 0 }

function sessionFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-processes-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  return folder
}

/** Writes the spool of a thread that began at `startedAt`. */
function writeThread(
  folder: string,
  startedAt: number,
  header: Partial<ThreadHeader> & { readonly pid: number },
  exitCode?: number,
): void {
  const { pid, threadId = 0 } = header
  const writer = new SpoolWriter(join(folder, spoolFileName(`${pid}-${threadId}-${startedAt.toString(36)}`)))
  writer.writeThread({
    version: SPOOL_VERSION,
    threadId,
    threadName: `thread ${threadId} of ${startedAt}`,
    processName: `app ${startedAt}`,
    commandLine: [],
    clock: { id: 'portable', nsPerTick: 1, originNs: 0, originEpochMs: 0 },
    ...header,
  })
  if (exitCode !== undefined) writer.writeEnd({ ...END, exitCode })
  writer.close()
}

const ends = async (folder: string) => {
  const { trace, warnings } = await readSession(folder)
  return {
    processes: trace.processes.map(({ name, exitCode, signal }) => `${name}: ${exitCode ?? signal ?? '?'}`),
    warnings,
  }
}

describe('processes of a session', () => {
  it('are two when the system gave one number twice, each with its own threads', async () => {
    const folder = sessionFolder()
    writeThread(folder, 1e9, { pid: 70 }, 1)
    writeThread(folder, 2e9, { pid: 70, threadId: 1 })
    writeThread(folder, 3e9, { pid: 70 }, 2)
    writeThread(folder, 4e9, { pid: 70, threadId: 1 })
    const { trace } = await readSession(folder)
    expect(trace.processes.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['app 1000000000', 1],
      ['app 3000000000', 2],
    ])
    expect(trace.threads.map(({ process, name }) => [process, name])).toEqual([
      [0, 'thread 0 of 1000000000'],
      [0, 'thread 1 of 2000000000'],
      [1, 'thread 0 of 3000000000'],
      [1, 'thread 1 of 4000000000'],
    ])
  })

  it('ended as the one says that started them, else as they say themselves', async () => {
    const folder = sessionFolder()
    writeThread(folder, 1, { pid: 71, spawnKey: 'a' }, 3)
    writeThread(folder, 2, { pid: 72, spawnKey: 'b' }, 0)
    writeThread(folder, 3, { pid: 73, spawnKey: 'c' })
    writeThread(folder, 4, { pid: 74, spawnKey: 'c' })
    noteChild(folder, { key: 'b', pid: 72, signal: 'SIGTERM' })
    noteChild(folder, { key: 'c', pid: 73, exitCode: 9 })
    expect(await ends(folder)).toEqual({
      processes: ['app 1: 3', 'app 2: SIGTERM', 'app 3: 9', 'app 4: ?'],
      warnings: [],
    })
  })

  it('are named when they were to record themselves and left nothing', async () => {
    const folder = sessionFolder()
    writeThread(folder, 1, { pid: 71, spawnKey: 'a' })
    noteChild(folder, { key: 'a', pid: 71, commandLine: ['node', 'a.js'] })
    noteChild(folder, { key: 'b', pid: 72, commandLine: ['node', 'b.js'] })
    noteChild(folder, { key: 'b', pid: 72, exitCode: 0 })
    writeFileSync(join(folder, 'children.jsonl'), '{"key":"c","pi', { flag: 'a' })
    expect((await ends(folder)).warnings).toEqual(['process 72 was not recorded: node b.js'])
  })

  it('are not alive because another one has their number, once it is known that they have ended', () => {
    const folder = sessionFolder()
    const { pid } = process
    writeThread(folder, 1e9, { pid, processName: 'killed', spawnKey: 'a' })
    noteChild(folder, { key: 'a', pid, signal: 'SIGKILL' })
    writeThread(folder, 2e9, { pid, processName: 'ended', spawnKey: 'b' }, 0)
    writeThread(folder, 3e9, { pid, processName: 'alive', spawnKey: 'c' })
    noteChild(folder, { key: 'c', pid, commandLine: [] })
    noteChild(folder, { key: 'c', pid: pid + 1, exitCode: 0 })
    expect(livingProcesses(folder).map(({ name }) => name)).toEqual(['alive'])
  })

  it('live until they have ended', async () => {
    const folder = sessionFolder()
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const { pid = 0 } = child
    writeThread(folder, 1, { pid, isDetached: true })
    writeThread(folder, 2, { pid: 2 ** 30 })
    expect(livingProcesses(folder)).toEqual([{ pid, name: 'app 1', isDetached: true }])
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(livingProcesses(folder)).toEqual([])
  })
})
