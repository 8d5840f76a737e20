import { combineTraces } from '@tracer/combine'
import { TraceBuilder } from '@tracer/core'
import { sampleTraces, traceDifference } from '@tracer/core/testing'
import { protobuf } from '@tracer/serializer-protobuf'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTraceFile } from '../src/formats/read-trace.js'
import { ScratchFolder } from '../src/combine/scratch-folder.js'
import { scanInput } from '../src/combine/scan-input.js'
import { streamed } from '../src/combine/streamed.js'
import { tempFolder } from './temp-folder.js'

const SAMPLES = sampleTraces()

/** Files of the samples, each in our own form. */
function sampleFiles(bytesOf: (bytes: Buffer) => Buffer = (bytes) => bytes): { folder: string; files: string[] } {
  const folder = tempFolder()
  mkdirSync(join(folder, 'in'))
  const files = SAMPLES.map(({ trace }, index) => {
    const file = join('in', `${index}.pftrace`)
    writeFileSync(
      join(folder, file),
      bytesOf(Buffer.concat([...(protobuf().serialize(trace) as Iterable<Uint8Array>)])),
    )
    return file
  })
  return { folder, files }
}

/** A file of a thread whose calls, `<start> <end> <args>` in microseconds, say which spans they are; parents first. */
function callsFile(folder: string, name: string, originEpochMs: number, ...calls: string[]): string {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name, commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const site = builder.addSite({ kind: 'function', name, file: `${name}.js`, line: 1, column: 1 })
  for (const call of calls) {
    const [start, end, args = ''] = call.split(' ')
    const isOpen = end === '-'
    const slice = builder.addSlice(thread, site, Number(start) * 1000, isOpen ? 900_000 : Number(end) * 1000)
    if (isOpen) builder.setUnfinished(thread, slice)
    if (args !== '') builder.setArgs(thread, slice, args)
  }
  const trace = builder.build({ producer: 'test', clock: 'portable', originNs: 0, originEpochMs })
  const file = `${name}.pftrace`
  writeFileSync(join(folder, file), Buffer.concat([...(protobuf().serialize(trace) as Iterable<Uint8Array>)]))
  return file
}

/** The files combined without holding them, read back; and combined in memory. */
async function bothWays(folder: string, files: readonly string[]) {
  const scratch = new ScratchFolder()
  const scanned = await Promise.all(files.map((file) => scanInput(file, folder, undefined, scratch)))
  const tables = combineTraces(scanned.map((input, i) => ({ ...input, label: `l${i}` })))
  const serializer = streamed(protobuf(), scanned, tables)
  const pieces: Uint8Array[] = []
  for await (const piece of serializer.serialize(tables.trace)) pieces.push(piece)
  writeFileSync(join(folder, 'all.pftrace'), Buffer.concat(pieces))
  scratch.remove()
  const whole = await Promise.all(files.map(async (file) => (await readTraceFile(file, folder)).trace))
  const { trace } = combineTraces(whole.map((input, i) => ({ trace: input, label: `l${i}` })))
  writeFileSync(
    join(folder, 'whole.pftrace'),
    Buffer.concat([...(protobuf().serialize(trace) as Iterable<Uint8Array>)]),
  )
  return {
    streamed: await readTraceFile('all.pftrace', folder),
    whole: await readTraceFile('whole.pftrace', folder),
    alignments: [tables.alignments, combineTraces(whole.map((input) => ({ trace: input, label: '' }))).alignments],
  }
}

describe('files that are combined packet by packet', () => {
  it('are one by one what they are when they are combined in memory', async () => {
    const { folder, files } = sampleFiles()
    for (const [index, file] of files.entries()) {
      const { streamed: found, whole } = await bothWays(folder, [file])
      expect(found.warnings, SAMPLES[index].name).toEqual([])
      expect(traceDifference(whole.trace, found.trace), SAMPLES[index].name).toBeUndefined()
    }
  }, 60_000)

  it('are together what they are when they are combined in memory, in any order', async () => {
    const { folder, files } = sampleFiles()
    for (const order of [files, files.toReversed(), [...files, ...files]]) {
      const { streamed: found, whole, alignments } = await bothWays(folder, order)
      expect(found.warnings).toEqual([])
      expect(traceDifference(whole.trace, found.trace)).toBeUndefined()
      expect(alignments[0]).toEqual(alignments[1])
    }
  }, 60_000)

  it('are aligned by spans that calls of a thread name, calls in calls and cut off ones too', async () => {
    const folder = tempFolder()
    const client = callsFile(folder, 'client', 5000, '0 100', '10 50 {"spanId":"1"}', '15 18', '60 90 {"spanId":"2"}')
    const server = callsFile(
      folder,
      'server',
      605_000,
      '0 20 {"parentId":"1"}',
      '2 7',
      '45 70',
      '52 - {"parentId":"2"}',
    )
    const { streamed: found, whole, alignments } = await bothWays(folder, [client, server])
    expect(alignments[1]).toMatchObject([
      { by: 'reference' },
      { by: 'requests', shiftNs: 20_000, uncertaintyNs: 10_000 },
    ])
    expect(alignments[0]).toEqual(alignments[1])
    expect(found.trace.flows.length).toBe(4)
    expect(traceDifference(whole.trace, found.trace)).toBeUndefined()
  })

  it.each([0.3, 0.5, 0.9, 0.99])(
    'have what is there when they are cut at %d of their length',
    async (share) => {
      const { folder, files } = sampleFiles((bytes) => bytes.subarray(0, Math.ceil(bytes.length * share)))
      for (const [index, file] of files.entries()) {
        // Of shorter ones not even the tables are left.
        if (statSync(join(folder, file)).size < 400) continue
        const { streamed: found, whole } = await bothWays(folder, [file])
        expect(found.warnings, SAMPLES[index].name).toEqual([])
        const slices = (read: typeof found) =>
          read.trace.tracks.map((track) => (track.kind === 'counter' ? track.samples.length : track.slices.length))
        expect(slices(found), SAMPLES[index].name).toEqual(slices(whole))
      }
    },
    60_000,
  )
})
