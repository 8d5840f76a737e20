import type { ReadTrace, Trace, TraceSerializer } from '@tracer/core'
import { collapsed } from '@tracer/serializer-collapsed'
import { cpuprofile } from '@tracer/serializer-cpuprofile'
import { firefox } from '@tracer/serializer-firefox'
import { gzip } from '@tracer/serializer-gzip'
import { json } from '@tracer/serializer-json'
import { pprof } from '@tracer/serializer-pprof'
import { protobuf } from '@tracer/serializer-protobuf'
import { speedscope } from '@tracer/serializer-speedscope'
import { expect } from 'vitest'

/** Those of which this folder tests all that they share. */
export const serializers: readonly TraceSerializer[] = [
  protobuf(),
  speedscope(),
  cpuprofile(),
  collapsed(),
  pprof(),
  firefox(),
  gzip(json()),
  gzip(speedscope(), { level: 1 }),
]

export const readers = serializers.filter(({ deserialize }) => deserialize !== undefined)

export async function write(serializer: TraceSerializer, trace: Trace): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of serializer.serialize(trace)) {
    expect(piece.length).toBeLessThan(200_000)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

export async function read(serializer: TraceSerializer, bytes: Uint8Array): Promise<ReadTrace> {
  return (await serializer.deserialize?.([bytes])) ?? expect.fail(`${serializer.id} does not read`)
}

/** Slices of threads as lines, without what only some formats hold. */
export function slices(trace: Trace): string[] {
  return trace.tracks.flatMap((track) =>
    track.kind === 'thread'
      ? Array.from(track.slices.startNs, (start, i) => {
          const { name, file, line } = trace.sites[track.slices.site[i]]
          const place = `${name === '' ? '(anonymous)' : name} ${file}:${line}`
          return `${track.thread} ${track.slices.depth[i]} ${place} @${start}+${track.slices.durationNs[i]}`
        })
      : [],
  )
}
