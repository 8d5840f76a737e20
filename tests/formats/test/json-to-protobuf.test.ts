import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Trace, TraceSerializer } from '@tracer/core'
import { json } from '@tracer/serializer-json'
import { protobuf } from '@tracer/serializer-protobuf'
import { describe, expect, it } from 'vitest'

const VIZTRACER = new URL('../../../packages/serializer-json/test/fixtures/viztracer/', import.meta.url)

async function read(serializer: TraceSerializer, bytes: Uint8Array) {
  const result = await serializer.deserialize?.([bytes])
  if (result === undefined) throw new Error(`${serializer.id} does not read`)
  return result
}

async function write(serializer: TraceSerializer, trace: Trace): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of serializer.serialize(trace)) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe("a file of VizTracer's", () => {
  it.each(readdirSync(VIZTRACER))('%s is the same trace in Perfetto packets, and in JSON again', async (name) => {
    const file = readFileSync(new URL(name, VIZTRACER))
    const { trace } = await read(json(), name.endsWith('.gz') ? gunzipSync(file) : file)
    const packets = await write(protobuf(), trace)
    const { trace: back, warnings } = await read(protobuf(), packets)
    expect(warnings).toEqual([])
    expect(back).toEqual(trace)
    expect((await write(protobuf(), back)).equals(packets)).toBe(true)
    expect((await write(json(), back)).equals(await write(json(), trace))).toBe(true)
  })
})
