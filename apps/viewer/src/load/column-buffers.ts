import type { Trace } from '@tracer/core'

/** Smaller ones are copied sooner than handed over: Chromium looks for each of them in the list of all. */
const LEAST_BYTES = 65_536

/** The memory of all long columns, which goes from one thread to another without a copy. */
export function columnBuffers({ tracks, flows, unrecorded }: Trace): ArrayBuffer[] {
  const columns: ArrayBufferView[] = [
    ...Object.values(flows).filter(isColumn),
    ...Object.values(unrecorded).filter(isColumn),
  ]
  for (const track of tracks) {
    const tables = track.kind === 'counter' ? [track.samples] : [track.slices]
    for (const table of tables) columns.push(...Object.values(table).filter(isColumn))
    if (track.kind === 'thread') columns.push(...Object.values(track.instants).filter(isColumn))
  }
  const buffers = new Set<ArrayBuffer>()
  for (const { buffer } of columns) {
    if (buffer instanceof ArrayBuffer && buffer.byteLength >= LEAST_BYTES) buffers.add(buffer)
  }
  return [...buffers]
}

function isColumn(value: unknown): value is ArrayBufferView {
  return ArrayBuffer.isView(value)
}
