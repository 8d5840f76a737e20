import { TraceBuilder, type Trace } from '@tracer/core'
import { RunSide } from '../src/diff/run-side.js'

/**
 * Runs of a program that has a line for each function: `name file:line`, its calls, and the self time of
 * each run in microseconds; with one number, all runs took the same.
 *
 * ```
 * Store.add src/store.ts:4  10 calls  100 101 99
 * ```
 */
export function drawnSide(drawing: string, name: string): RunSide {
  const functions = drawnFunctions(drawing)
  const runs = Math.max(1, ...functions.map(({ times }) => times.length))
  const side = new RunSide()
  for (let run = 0; run < runs; run++) side.add(`${name}-${run + 1}.pftrace`, traceOf(functions, run), false)
  return side
}

/** The first run alone, as a trace. */
export function drawnRun(drawing: string): Trace {
  return traceOf(drawnFunctions(drawing), 0)
}

function drawnFunctions(drawing: string): DrawnFunction[] {
  return drawing
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, called, file, place, calls, times] =
        /^\s*(\S+) (\S+):(\d+) +(\d+) calls? +([\d ]+)$/.exec(line) ?? fail(line)
      return { called, file, line: Number(place), calls: Number(calls), times: times.split(' ').map(Number) }
    })
}

interface DrawnFunction {
  readonly called: string
  readonly file: string
  readonly line: number
  readonly calls: number
  readonly times: readonly number[]
}

function traceOf(functions: readonly DrawnFunction[], run: number): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  let nowNs = 0
  for (const { called, file, line, calls, times } of functions) {
    const site = builder.addSite({ kind: 'function', name: called, file: `/app/${file}`, line, column: 1 })
    const ns = ((times[run] ?? times[0]) * 1000) / calls
    for (let call = 0; call < calls; call++) {
      builder.addSlice(thread, site, nowNs, nowNs + ns)
      nowNs += ns
    }
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

function fail(line: string): never {
  throw new Error(`Not a line of drawn runs: ${line}`)
}
