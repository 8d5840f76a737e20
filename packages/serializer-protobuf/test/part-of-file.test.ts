import { TraceBuilder, type StoredBytes, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { protobuf } from '../src/index.js'
import { fn, read, write } from './support/traces.js'

const CALLS = 200_000

/** Two threads of many calls each, `work` with `part` in it, and requests beside them. */
function longTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: [] })
  for (const name of ['main', 'worker']) {
    const thread = builder.addThread({ process, tid: builder.addSite(fn(name)) + 1, name })
    const [work, part] = [builder.addSite(fn(`${name} work`)), builder.addSite(fn(`${name} part`))]
    for (let i = 0; i < CALLS; i += 2) {
      builder.addSlice(thread, work, i * 100, i * 100 + 150)
      builder.addSlice(thread, part, i * 100 + 10, i * 100 + 60)
    }
    const request = builder.addSite({ ...fn('request'), kind: 'async-span' })
    for (let i = 0; i < 100; i++) builder.addAsyncSlice(thread, request, i * 100, i * 100 + 500)
  }
  return builder.build({ producer: 'tracer', clock: 'portable', originEpochMs: 0, originNs: 5000 })
}

const bytes = write(longTrace())

/** Counts what is read of a file. */
class CountedFile implements StoredBytes {
  total = 0

  read(from: number, to: number): Promise<Uint8Array> {
    const part = bytes.subarray(from, to)
    this.total += part.length
    return Promise.resolve(part)
  }
}

async function readPart(from: number, to: number) {
  const file = new CountedFile()
  const pieces: Uint8Array[] = []
  for await (const piece of protobuf().partOf?.(file, { from, to }) ?? []) pieces.push(piece)
  return { ...(await read(Buffer.concat(pieces))), readBytes: file.total }
}

/** How many slices each track has, and whether each is one of the whole trace. */
function counts({ tracks, threads }: Trace): string[] {
  return tracks.map((track) => {
    const length = track.kind === 'counter' ? 0 : track.slices.length
    return `${track.kind} of ${threads[track.thread].name}: ${length === 0 ? 'none' : length === CALLS ? 'all' : 'some'}`
  })
}

describe('a part of a file', () => {
  it('is all of it, from the first byte to the last', async () => {
    const { trace, warnings } = await readPart(0, bytes.length)
    expect(warnings).toEqual([])
    expect(trace).toEqual((await read(bytes)).trace)
  })

  it('has the processes, threads and functions of the whole, and the slices of the part', async () => {
    const { trace, readBytes } = await readPart(Math.floor(bytes.length * 0.2), Math.floor(bytes.length * 0.45))
    expect(counts(trace)).toEqual([
      'thread of main: some',
      'async of main: none',
      'thread of worker: none',
      'async of worker: none',
    ])
    expect(trace.sites).toEqual((await read(bytes)).trace.sites)
    expect(readBytes).toBeLessThan(bytes.length / 2)
  })

  it('has its slices at their times and levels', async () => {
    const [{ trace: part }, { trace: whole }] = [
      await readPart(bytes.length * 0.6, bytes.length * 0.9),
      await read(bytes),
    ]
    const rows = ({ tracks }: Trace) =>
      tracks.flatMap((track) =>
        track.kind !== 'thread'
          ? []
          : Array.from(track.slices.site, (site, i) => {
              const { startNs, durationNs, depth } = track.slices
              return `${track.thread} ${site} ${startNs[i]} ${durationNs[i]} ${depth[i]}`
            }),
      )
    const all = new Set(rows(whole))
    const others = rows(part).filter((row) => !all.has(row))
    expect(rows(part).length).toBeGreaterThan(CALLS / 4)
    // At its edges calls are cut: their parents are not there, or their ends.
    expect(others.length).toBeLessThanOrEqual(2)
  })

  it('of which no packet can be told holds nothing', async () => {
    const { trace } = await readPart(bytes.length - 3, bytes.length)
    expect(counts(trace)).toEqual(counts((await read(bytes)).trace).map((line) => line.replace(/: .*/, ': none')))
  })
})
