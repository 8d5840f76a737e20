import { ACTIVATION_MARKER, type RecordColumns, type ThreadTrack, type Trace } from '@tracer/core'
import fc from 'fast-check'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  HOOKS_THREAD_FIRST_SITE_ID,
  modulesFileName,
  readSession,
  readSpool,
  spoolFileName,
  SPOOL_VERSION,
  SpoolWriter,
  writeMachine,
  type ModuleReport,
  type SpoolBlock,
  type ThreadEnd,
  type ThreadHeader,
} from '../src/index.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-spool-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const header: ThreadHeader = {
  version: SPOOL_VERSION,
  pid: 100,
  threadId: 0,
  threadName: 'main',
  processName: 'app.js',
  commandLine: ['node', 'app.js'],
  clock: { id: 'portable', nsPerTick: 1e6, originNs: 5e9, originEpochMs: 1_700_000_000_000 },
}

const END: ThreadEnd = { overheadNs: 70, overheadInsideNs: 30, checkNs: 4, tickNs: 0, latestTickNs: 0 }

const report: ModuleReport = {
  outcome: 'instrumented',
  file: '/app.js',
  firstSiteId: 1,
  sites: [
    ['module', '(module) app.js', '/app.js', 1, 1],
    ['function', 'f', '/app.js', 2, 1],
    ['function', 'g', '/app.js', 3, 1],
  ],
  functionsSkipped: { notrace: 1 },
}

function columns(...rows: readonly (readonly [site: number, start: number, end: number])[]): RecordColumns {
  return {
    length: rows.length,
    site: Int32Array.from(rows, ([site]) => site),
    start: Float64Array.from(rows, ([, start]) => start),
    end: Float64Array.from(rows, ([, , end]) => end),
  }
}

function writeThread(name = 'a', thread: Partial<ThreadHeader> = {}): SpoolWriter {
  const writer = new SpoolWriter(join(folder, spoolFileName(name)))
  writer.writeThread({ ...header, ...thread })
  writer.writeModule(report)
  return writer
}

function blocks(path: string): SpoolBlock[] {
  const all: SpoolBlock[] = []
  for (const block of readSpool(path)) all.push(block)
  return all
}

/** Each thread's slices: name, start and length in nanoseconds, indented. */
function outline(trace: Trace): string {
  return trace.tracks
    .filter((track): track is ThreadTrack => track.kind === 'thread')
    .flatMap(({ slices, thread }) => [
      `${trace.threads[thread].name}:`,
      ...Array.from({ length: slices.length }, (_, i) => {
        const activation = slices.activation.length === 0 ? '' : ` activation ${slices.activation[i]}`
        const open = slices.unfinished.has(i) ? ' open' : ''
        const name = trace.sites[slices.site[i]].name
        return `${'  '.repeat(slices.depth[i] + 1)}${name} ${slices.startNs[i]} ${slices.durationNs[i]}${activation}${open}`
      }),
    ])
    .join('\n')
}

describe('a spool file', () => {
  it('gives back what was written, record by record', () => {
    const path = join(folder, 'x.spool')
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.tuple(fc.integer({ min: -1, max: 2 ** 31 - 1 }), fc.double(), fc.double()), { minLength: 1 }),
        ),
        (chunks) => {
          rmSync(path, { force: true })
          const writer = new SpoolWriter(path)
          for (const chunk of chunks) writer.writeRecords(columns(...chunk))
          writer.close()
          const read = blocks(path)
          expect(read.map((block) => block.kind === 'records' && rows(block.records))).toEqual(chunks)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('that is cut anywhere gives the blocks that are whole, and says how much is left over', () => {
    const path = join(folder, 'x.spool')
    const writer = new SpoolWriter(path)
    writer.writeThread(header)
    writer.writeRecords(columns([1, 0, 1], [2, 0, 2], [3, 0, 3]))
    writer.close()
    const whole = readFileSync(path)
    const secondBlock = 8 + ((JSON.stringify(header).length + 7) & ~7)
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length))
      const kinds = blocks(path).map(({ kind }) => kind)
      const isFirstWhole = length >= 8 + JSON.stringify(header).length
      if (length === 0) expect(kinds).toEqual([])
      else if (!isFirstWhole) expect(kinds).toEqual(['cut'])
      else if (length <= secondBlock) expect(kinds).toEqual(['thread'])
      else expect(kinds).toEqual(['thread', 'cut'])
    }
  })

  it.each([
    ['a length that lies', Uint32Array.of(1, 0xffff_fff0, 1, 0)],
    ['a kind that is unknown', Uint32Array.of(99, 0)],
  ])('with %s ends there', (_, garbage) => {
    const path = join(folder, 'x.spool')
    const writer = new SpoolWriter(path)
    writer.writeEnd(END)
    writer.close()
    appendFileSync(path, new Uint8Array(garbage.buffer))
    expect(blocks(path)).toEqual([
      { kind: 'end', end: END },
      { kind: 'cut', bytes: garbage.byteLength },
    ])
  })

  it('of another version is not read', () => {
    const path = join(folder, 'x.spool')
    const writer = new SpoolWriter(path)
    writer.writeThread(Object.assign({}, header, { version: 1 }))
    writer.close()
    expect(blocks(path).map(({ kind }) => kind)).toEqual(['cut'])
  })
})

describe('a session', () => {
  it('becomes a trace: times in nanoseconds from the first, metadata, process and thread', async () => {
    const writer = writeThread()
    writer.writeRecords(columns([3, 2, 2.5], [2, 1, 3]))
    writer.writeRecords(columns([1, 0.5, 4]))
    writer.writeEnd({ ...END, overheadNs: 71, overheadInsideNs: 31, checkNs: 4, tickNs: 50_000 })
    writer.close()
    writeMachine(folder, { hostName: 'here', bootId: 'b00t' })
    const { trace, modules, warnings } = await readSession(folder, 'tracer 1')
    expect(outline(trace)).toBe('main:\n  (module) app.js 0 3500000\n    f 500000 2000000\n      g 1500000 500000')
    expect(trace.metadata).toEqual({
      producer: 'tracer 1',
      clock: 'portable',
      originNs: 5_000_500_000,
      originEpochMs: 1_700_000_000_000.5,
      overheadNs: 71,
      overheadInsideNs: 31,
      checkNs: 4,
      tickNs: 50_000,
      hostName: 'here',
      bootId: 'b00t',
    })
    expect(trace.processes).toEqual([{ pid: 100, name: 'app.js', commandLine: ['node', 'app.js'] }])
    expect(trace.threads).toEqual([{ process: 0, tid: 100, name: 'main', drops: [], complete: true }])
    expect(modules).toEqual({
      instrumented: 1,
      functionsInstrumented: 2,
      functionsSkipped: { notrace: 1 },
      skipped: [],
      filtered: {},
    })
    expect(warnings).toEqual([])
  })

  it('links the runs of an activation', async () => {
    const writer = writeThread()
    writer.writeRecords(columns([2, 0, 1], [ACTIVATION_MARKER, 7, 0], [3, 1, 2]))
    writer.writeRecords(columns([2, 3, 4], [ACTIVATION_MARKER, -7, 1]))
    writer.close()
    const { trace } = await readSession(folder)
    expect(outline(trace)).toBe(
      'main:\n  f 0 1000000 activation 7\n  g 1000000 1000000 activation 0\n  f 3000000 1000000 activation -7',
    )
  })

  it('ends open calls where the recording ends, also after later records', async () => {
    const writer = writeThread()
    writer.writeRecords(columns([3, 2, NaN], [2, 1, NaN]))
    writer.writeRecords(columns([3, 5, 6]))
    writer.close()
    const { trace } = await readSession(folder)
    expect(outline(trace)).toBe('main:\n  f 0 5000000 open\n    g 1000000 4000000 open\n      g 4000000 1000000')
  })

  it('takes an open run for what it is: a later one is no call', async () => {
    const writer = writeThread()
    writer.writeRecords(columns([3, 2, 4], [ACTIVATION_MARKER, 7, 0]))
    writer.writeRecords(columns([3, 5, NaN], [ACTIVATION_MARKER, 7, 1], [2, 1, NaN]))
    writer.close()
    const { trace } = await readSession(folder)
    expect(outline(trace)).toBe(
      'main:\n  f 0 4000000 activation 0 open\n    g 1000000 2000000 activation 7\n    g 4000000 0 activation -7 open',
    )
  })

  it('takes a call that went on after the thread seemed to end for ended', async () => {
    const writer = writeThread()
    writer.writeRecords(columns([3, 2, NaN], [2, 1, NaN]))
    writer.writeRecords(columns([3, 2, 4]))
    writer.close()
    const { trace } = await readSession(folder)
    expect(outline(trace)).toBe('main:\n  f 0 3000000 open\n    g 1000000 2000000')
  })

  it('puts threads of one process together, and gives workers an id of their own', async () => {
    writeThread('a').close()
    writeThread('b', { threadId: 3, threadName: 'worker 3' }).close()
    writeThread('c', { pid: 200 }).close()
    const { trace } = await readSession(folder)
    expect(trace.processes.map(({ pid }) => pid)).toEqual([100, 200])
    expect(trace.threads.map(({ process, tid, name }) => ({ process, tid, name }))).toEqual([
      { process: 0, tid: 100, name: 'main' },
      { process: 0, tid: 100_003, name: 'worker 3' },
      { process: 1, tid: 200, name: 'main' },
    ])
  })

  it('knows the sites that hooks on a thread of their own found', async () => {
    const hooks = new SpoolWriter(join(folder, modulesFileName('a')))
    hooks.writeModule({ ...report, file: '/esm.mjs', firstSiteId: HOOKS_THREAD_FIRST_SITE_ID })
    hooks.close()
    const writer = writeThread('a')
    writer.writeRecords(columns([HOOKS_THREAD_FIRST_SITE_ID + 1, 0, 1], [2, 2, 3], [99, 4, 5]))
    writer.close()
    const { trace, modules } = await readSession(folder)
    expect(outline(trace)).toBe('main:\n  f 0 1000000\n  f 2000000 1000000\n  (unknown function) 4000000 1000000')
    expect(modules.instrumented).toBe(2)
  })

  it('takes sites as JSON text, and makes sites of the trace of those with records only', async () => {
    const writer = new SpoolWriter(join(folder, spoolFileName('a')))
    writer.writeThread(header)
    const sites = '[["module","(module) app.js","",1,1],["function","f","/src/app.ts",2,1],["function","ü","",3,1]]'
    writer.writeModule({ ...report, sites })
    writer.writeRecords(columns([3, 0, 1], [2, 2, 3]))
    writer.close()
    const { trace, modules } = await readSession(folder)
    expect(trace.sites).toEqual([
      { kind: 'function', name: 'ü', file: '/app.js', line: 3, column: 1 },
      { kind: 'function', name: 'f', file: '/src/app.ts', line: 2, column: 1 },
    ])
    expect(modules.functionsInstrumented).toBe(2)
  })

  it('counts a module that was loaded twice once, and adds up the others', async () => {
    const writer = writeThread()
    writer.writeModule({ outcome: 'skipped', file: '/app.js', reason: 'syntax-error', message: 'no' })
    writer.writeModule({ outcome: 'filtered', reason: 'node_modules', count: 2 })
    writer.writeModule({ outcome: 'filtered', reason: 'node_modules', count: 3 })
    writer.close()
    expect((await readSession(folder)).modules).toEqual({
      instrumented: 0,
      functionsInstrumented: 0,
      functionsSkipped: {},
      skipped: [{ file: '/app.js', reason: 'syntax-error', message: 'no' }],
      filtered: { node_modules: 5 },
    })
  })

  it('says which threads did not finish and what was lost', async () => {
    writeThread('a').close()
    const writer = writeThread('b', { pid: 200 })
    writer.writeDrops([{ count: 12, fromTicks: 3, toTicks: 4 }])
    writer.writeEnd(END)
    writer.close()
    truncateSync(join(folder, spoolFileName('a')), 100)
    writeThread('c').close()
    const { trace, warnings } = await readSession(folder)
    expect(warnings).toEqual([
      'the last 100 bytes of a.spool are incomplete and were left out',
      'a.spool holds no readable records',
    ])
    expect(trace.threads.map(({ complete, drops }) => ({ complete, lost: drops.map(({ count }) => count) }))).toEqual([
      { complete: true, lost: [12] },
      { complete: false, lost: [] },
    ])
  })

  it('of an empty folder is an empty trace', async () => {
    const { trace } = await readSession(folder)
    expect(trace).toMatchObject({ sites: [], processes: [], threads: [], tracks: [] })
  })

  it('that is not there is an error that names the folder', async () => {
    await expect(readSession('/nowhere')).rejects.toMatchObject({
      code: 'NO_SESSION',
      message: 'cannot read the session folder /nowhere',
    })
  })
})

function rows({ length, site, start, end }: RecordColumns): [number, number, number][] {
  return Array.from({ length }, (_, i) => [site[i], start[i], end[i]])
}
