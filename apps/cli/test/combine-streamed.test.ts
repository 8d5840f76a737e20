import { combineTraces } from '@tracer/combine'
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
