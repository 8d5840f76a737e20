import { TraceBuilder, type ReadTrace, type Trace } from '@tracer/core'
import { expect } from 'vitest'
import { cpuprofile } from '../../src/index.js'

export type Slice = [name: string, startNs: number, endNs: number]

/** A trace of threads by name, each with its slices; the first is the main thread. */
export function traceOf(threads: Readonly<Record<string, readonly Slice[]>>): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: [] })
  for (const [tid, [name, slices]] of Object.entries(threads).entries()) {
    const thread = builder.addThread({ process, tid: 7 + tid, name })
    for (const [slice, startNs, endNs] of slices) {
      const site = builder.addSite({ kind: 'function', name: slice, file: '/srv/a.js', line: 3, column: 5 })
      builder.addSlice(thread, site, startNs, endNs)
    }
  }
  return builder.build({ producer: '', clock: '', originNs: 1_234_567_890_123, originEpochMs: 0 })
}

export function write(trace: Trace): string {
  const pieces = cpuprofile().serialize(trace)
  if (!(Symbol.iterator in pieces)) throw new Error('the writer is synchronous')
  return Buffer.concat([...pieces]).toString()
}

export async function read(file: string | object): Promise<ReadTrace> {
  const text = typeof file === 'string' ? file : JSON.stringify(file)
  return (await cpuprofile().deserialize?.([new TextEncoder().encode(text)])) ?? expect.fail('it reads')
}

export function format(trace: Trace): string {
  return trace.tracks
    .flatMap((track) => (track.kind === 'thread' ? [track.slices] : []))
    .flatMap(({ length, site, startNs, durationNs, depth }) =>
      Array.from({ length }, (_, i) => {
        return `${'  '.repeat(depth[i])}${trace.sites[site[i]].name} @${startNs[i]}+${durationNs[i]}`
      }),
    )
    .join('\n')
}
