import { TraceBuilder, type Site, type SiteKind, type Trace } from '@tracer/core'

/**
 * Makes a trace of a few lines, times in nanoseconds:
 *
 * ```
 * process app 7            a process: name and pid
 * thread main 7            a thread of it: name and tid
 * load 0-30                a slice
 * fetch 5-9 #1.0           run 0 of activation 1
 * open 20-                 a slice that was open at the end
 * span request 0-40        an asynchronous span, on the track of its name
 * instant timeout 12
 * counter heap.used 5 = 17
 * flow a 3                 an end of flow a: the innermost slice at that moment
 * drop 10-20 x5            5 records were lost
 * ```
 */
export function sketch(text: string): Trace {
  const builder = new TraceBuilder()
  let process = 0
  let thread = 0
  const site = (kind: SiteKind, name: string): number => {
    const made: Site = { kind, name, file: 'app.ts', line: 1, column: 1 }
    return builder.addSite(made)
  }
  const rules: readonly [RegExp, (...parts: string[]) => void][] = [
    [
      /^process (\S+) (\d+)$/,
      (name, pid) => (process = builder.addProcess({ pid: Number(pid), name, commandLine: [] })),
    ],
    [/^thread (.+) (\d+)$/, (name, tid) => (thread = builder.addThread({ process, tid: Number(tid), name }))],
    [
      /^span (.+) (\d+)-(\d+)$/,
      (name, start, end) => builder.addAsyncSlice(thread, site('async-span', name), Number(start), Number(end)),
    ],
    [/^instant (\S+) (\d+)$/, (name, time) => builder.addInstant(thread, site('instant', name), Number(time))],
    [
      /^counter (\S+)\.(\S+) (\d+) = (\S+)$/,
      (name, series, time, value) => builder.addSample(thread, name, series, Number(time), Number(value)),
    ],
    [/^flow (\S+) (\d+)$/, (key, time) => builder.addFlow(`${key}`, thread, Number(time))],
    [
      /^drop (\d+)-(\d+) x(\d+)$/,
      (start, end, count) =>
        builder.addDrop(thread, { count: Number(count), startNs: Number(start), endNs: Number(end) }),
    ],
    [
      /^(\S+) (\d+)-(\d*)(?: #(\d+)\.(\d+))?$/,
      (name, start, end, activation, run) => {
        const position = builder.addSlice(thread, site('function', name), Number(start), end === '' ? NaN : Number(end))
        if (activation !== undefined) builder.setActivation(thread, position, Number(activation), Number(run))
      },
    ],
  ]
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue
    const rule = rules.find(([pattern]) => pattern.test(line))
    const parts = rule?.[0].exec(line)
    if (rule === undefined || parts === undefined || parts === null) throw new Error(`Not a line of a sketch: ${line}`)
    rule[1](...parts.slice(1))
  }
  // Times stay what the sketch says.
  return builder.build({ producer: 'test', clock: 'test', originNs: 0, originEpochMs: 0 })
}

export const SERVICE = `
  process app 7
  thread pool 9
    job 12-30
      pack 14-20
    flow a 13
  thread main 7
    boot 0-10
      read 2-6
    serve 20-60
      parse 22-30
      reply 40-50
    wait 70-72 #1.0
    wait 80-84 #1.1
    flow a 3
    span GET 5-25
    span GET 15-45
    span GC 3-4
    counter heap.used 10 = 4
    counter heap.used 30 = 9
    instant timeout 35
    drop 62-66 x5
  process child 8
  thread main 8
    run 1-99
`
