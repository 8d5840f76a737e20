import { TraceBuilder, type Trace } from '@tracer/core'

/** A request that looks for something twice, logs, and waits for a timer, while another function is at work. */
export function asyncTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const run = (name: string, from: number, to: number, activation = 0, number = 0, after?: string): number => {
    const site = builder.addSite({ kind: 'function', name, file: '/app/src/server.ts', line: 1, column: 1 })
    const position = builder.addSlice(thread, site, from * NS_PER_MS, to * NS_PER_MS)
    if (activation !== 0) builder.setActivation(thread, position, activation, number)
    if (after !== undefined) builder.setArgs(thread, position, JSON.stringify({ after }))
    return position
  }
  run('handle', 0, 10, 1, 0, 'HTTPINCOMINGMESSAGE')
  run('find', 2, 3, 2)
  run('find', 4, 5, 3)
  run('find', 10, 11, 3, 1, 'FSREQPROMISE')
  run('scan', 11, 31, 0, 0, 'TCPWRAP')
  run('find', 31, 34, 2, 1, 'FSREQPROMISE')
  run('handle', 36, 38, 1, 1)
  const log = run('log', 48, 49, 0, 0, 'Timeout')
  builder.addFlow('log', thread, 37 * NS_PER_MS)
  builder.addFlowToSlice('log', thread, log)
  run('handle', 50, 60, 1, 2, 'Timeout')
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

const NS_PER_MS = 1e6
