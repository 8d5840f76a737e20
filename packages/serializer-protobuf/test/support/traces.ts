import { TraceBuilder, type ReadTrace, type Site, type Trace } from '@tracer/core'
import { protobuf, type ProtobufOptions } from '../../src/index.js'

/** A function at a place of its own. */
export function fn(name: string, more: Partial<Site> = {}): Site {
  return { kind: 'function', name, file: '/srv/app/fib.js', line: 1, column: 10, ...more }
}

/** A trace with one thread, filled by `fill`. */
export function traceOf(fill: (builder: TraceBuilder, thread: number) => void, originNs = 1_000_000): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: ['node', 'fib.js'] })
  const thread = builder.addThread({ process, tid: 7, name: 'main' })
  fill(builder, thread)
  return builder.build({ producer: 'tracer 0.1.0', clock: 'portable', originNs, originEpochMs: 1_700_000_000_000.25 })
}

/** A trace of slices given as `[name, startNs, endNs]`. */
export function slicesOf(...slices: [name: string, startNs: number, endNs: number][]): Trace {
  return traceOf((builder, thread) => {
    for (const [name, startNs, endNs] of slices) builder.addSlice(thread, builder.addSite(fn(name)), startNs, endNs)
  })
}

export function pieces(trace: Trace, options?: ProtobufOptions): Uint8Array[] {
  const written = protobuf(options).serialize(trace)
  if (!(Symbol.iterator in written)) throw new Error('the writer is synchronous')
  return [...written]
}

export function write(trace: Trace, options?: ProtobufOptions): Uint8Array {
  return Buffer.concat(pieces(trace, options))
}

/** Reads bytes in pieces of `size`. */
export async function read(bytes: Uint8Array, size = Infinity): Promise<ReadTrace> {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size))
  const serializer = protobuf()
  if (serializer.deserialize === undefined) throw new Error('protobuf() reads')
  return serializer.deserialize(parts)
}

/** Tracks as indented text: `main` then one line a slice, instant or sample. */
export function format(trace: Trace): string {
  const lines: string[] = []
  for (const track of trace.tracks) {
    const { pid } = trace.processes[trace.threads[track.thread].process]
    const { tid, name } = trace.threads[track.thread]
    lines.push(`${track.kind} ${track.kind === 'thread' ? `${pid}/${tid} ${name}`.trim() : track.name}`)
    if (track.kind === 'counter') {
      const { timeNs, value } = track.samples
      timeNs.forEach((time, i) => lines.push(`  ${track.series}=${value[i]} @${time}`))
      continue
    }
    const { slices } = track
    for (let i = 0; i < slices.length; i++) {
      const marks = [
        slices.unfinished.has(i) ? ' open' : '',
        slices.activation.length > 0 && slices.activation[i] !== 0 ? ` run ${slices.activation[i]}` : '',
        slices.args.has(i) ? ` ${slices.args.get(i)}` : '',
      ].join('')
      const indent = '  '.repeat(slices.depth[i] + 1)
      lines.push(`${indent}${trace.sites[slices.site[i]].name} @${slices.startNs[i]}+${slices.durationNs[i]}${marks}`)
    }
    if (track.kind === 'async') continue
    track.instants.timeNs.forEach((time, i) => {
      lines.push(`  ! ${trace.sites[track.instants.site[i]].name} @${time}${track.instants.args.get(i) ?? ''}`)
    })
  }
  return lines.join('\n')
}
