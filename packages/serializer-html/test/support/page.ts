import { TraceBuilder, type ReadTrace, type Trace } from '@tracer/core'
import { expect } from 'vitest'
import { html, type HtmlOptions } from '../../src/index.js'

export type Slice = readonly [name: string, startNs: number, endNs: number]

/** A trace of one process, with the slices of each thread; functions are in `/srv/shop/src/app.ts`. */
export function traceOf(threads: Readonly<Record<string, readonly Slice[]>>): Trace {
  return builderOf(threads).build({ producer: 'test', clock: 'portable', originEpochMs: 1_790_000_000_000 })
}

export function builderOf(threads: Readonly<Record<string, readonly Slice[]>>): TraceBuilder {
  const builder = new TraceBuilder()
  const commandLine = ['/usr/bin/node', '/srv/shop/main.ts', '--fast']
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine })
  builder.addSite({ kind: 'module', name: 'main.ts', file: '/srv/shop/main.ts', line: 1, column: 1 })
  for (const [index, [name, slices]] of Object.entries(threads).entries()) {
    const thread = builder.addThread({ process, tid: 7 + index, name })
    for (const [slice, startNs, endNs] of slices) {
      const site = builder.addSite({ kind: 'function', name: slice, file: '/srv/shop/src/app.ts', line: 3, column: 5 })
      builder.addSlice(thread, site, startNs, endNs)
    }
  }
  return builder
}

export async function written(trace: Trace, options?: HtmlOptions): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of html(options).serialize(trace)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

export async function read(page: string): Promise<ReadTrace> {
  return (await html().deserialize?.([new TextEncoder().encode(page)])) ?? expect.fail('it reads')
}
