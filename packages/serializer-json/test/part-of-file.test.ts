import type { StoredBytes } from '@tracer/core'
import { expect, it } from 'vitest'
import { json } from '../src/index.js'

const EVENTS = 40_000

/** Arguments that look like events, and texts that look like JSON. */
const text = JSON.stringify({
  traceEvents: [
    { ph: 'M', name: 'thread_name', pid: 1, tid: 2, args: { name: 'the thread' } },
    ...Array.from({ length: EVENTS }, (_, i) => ({
      ph: 'X',
      name: `call ${i % 7}`,
      ts: i * 10,
      dur: 5,
      pid: 1,
      tid: 2,
      args: { list: [{ a: 1 }, { b: '},{"' }], quote: '"{' },
    })),
  ],
})
const bytes = new TextEncoder().encode(text)

async function readPart(from: number, to: number) {
  const file: StoredBytes = { read: (start, end) => Promise.resolve(bytes.subarray(start, end)) }
  const pieces: Uint8Array[] = []
  for await (const piece of json().partOf?.(file, { from, to }) ?? []) pieces.push(piece)
  const { trace } = (await json().deserialize?.(pieces)) ?? expect.fail('json() reads')
  const [track] = trace.tracks
  return { name: trace.threads[track.thread].name, slices: track.kind === 'counter' ? 0 : track.slices.length, trace }
}

it('a part of a file has its whole events, and the names from its beginning', async () => {
  for (const share of [0.25, 0.5001, 0.73]) {
    const from = Math.floor(bytes.length * share)
    const { name, slices, trace } = await readPart(from, Math.floor(bytes.length * (share + 0.2)))
    expect(name).toBe('the thread')
    expect(Math.abs(slices - EVENTS * 0.2)).toBeLessThan(EVENTS * 0.002)
    expect(trace.sites.map((site) => site.name).sort()).toEqual(Array.from({ length: 7 }, (_, i) => `call ${i}`))
  }
})

it('a part from the first byte to the last is all of it', async () => {
  expect((await readPart(0, bytes.length)).slices).toBe(EVENTS)
})
