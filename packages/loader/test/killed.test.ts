import { describe, expect, it } from 'vitest'
import { outline, record, spansOf } from './record.js'

const kill = {
  onOutput: (child: { kill(signal: 'SIGKILL'): boolean }) => void setTimeout(() => child.kill('SIGKILL'), 1500),
}

describe('of a program that is killed', () => {
  it('in an endless loop before it ever came to its event loop, the trace names the functions it is in', async () => {
    const { trace, end } = await record(
      {
        'app.cjs':
          "function outer() { stuck() } function stuck() { require('fs').writeSync(1, 'in'); for (;;); } outer()",
      },
      kill,
    )
    expect(end).toBe('SIGKILL')
    expect(outline(trace)).toBe('(module) app.cjs*\n  outer*\n    stuck*')
    expect(trace.threads[0].complete).toBe(false)
  })

  it('the trace has what ended more than 300 ms before', async () => {
    const { trace, stdout } = await record(
      {
        'app.cjs': `
          const now = () => Number(process.hrtime.bigint())
          let last = now(), worst = 0
          function work() { require('fs').writeSync(1, JSON.stringify([now(), worst]) + '\\n') }
          setInterval(() => { const t = now(); worst = Math.max(worst, t - last); last = t; work() }, 5)`,
      },
      kill,
    )
    const printed = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [number, number])
    const [lastNs, worstGapNs] = printed[printed.length - 1]
    const spans = spansOf(trace, 'work')
    // The recorder may have had to wait for a core as long as the program had to, at each of its visits.
    const sure = printed.filter(([ns]) => ns < lastNs - 300e6 - 3 * worstGapNs)
    expect(sure.length).toBeGreaterThan(0)
    expect(spans.length).toBeGreaterThanOrEqual(sure.length)
  })
})

describe('of children that are killed at any moment', () => {
  it('the trace has what ended more than 300 ms before, and says that more may be missing', async () => {
    const children = 20
    const { trace, stdout, end } = await record({
      'app.cjs': `
          const { fork } = require('child_process'), { readFileSync } = require('fs')
          let seed = 7, begun = 0, ended = 0
          const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
          function start() {
            if (begun === ${children}) return
            const name = 'log-' + begun++
            const child = fork(__dirname + '/child.cjs', [name], { cwd: __dirname })
            child.once('message', () => setTimeout(() => child.kill('SIGKILL'), 900 * random()))
            child.once('exit', (code, signal) => {
              console.log(JSON.stringify([child.pid, signal, readFileSync(__dirname + '/' + name, 'latin1')]))
              start()
            })
          }
          for (let i = 0; i < 4; i++) start()`,
      'child.cjs': `
          const { openSync, writeSync } = require('fs')
          const log = openSync(process.argv[2], 'a'), now = () => Number(process.hrtime.bigint())
          let last = now(), worst = 0
          function work() { writeSync(log, now() + ' ' + worst + '\\n') }
          function many(n) { return n === 0 ? [0].map(String) : many(n - 1) }
          const turn = () => { const t = now(); worst = Math.max(worst, t - last); last = t; work(); for (let i = 0; i < 200; i++) many(9); setTimeout(turn, 2) }
          turn(); process.send('begun')`,
    })
    expect(end).toBe(0)
    const logs = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [pid: number, signal: string, log: string])
    expect(logs.map(([, signal]) => signal)).toEqual(Array.from({ length: children }, () => 'SIGKILL'))
    let compared = 0
    for (const [pid, , log] of logs) {
      const process = trace.processes.findIndex((each) => each.pid === pid)
      expect(trace.processes[process]).toMatchObject({ name: 'child.cjs', signal: 'SIGKILL' })
      const thread = trace.threads.findIndex((each) => each.process === process)
      expect(trace.threads[thread].complete).toBe(false)
      const seen = trace.tracks.find((track) => track.kind === 'thread' && track.thread === thread)
      const calls =
        seen?.kind === 'thread' ? [...seen.slices.site].filter((site) => trace.sites[site].name === 'work') : []
      // The last line may be cut.
      const printed = log.split('\n').slice(0, -1)
      const [lastNs, worstGapNs] = (printed.at(-1) ?? '0 0').split(' ').map(Number)
      const sure = printed.filter((line) => Number(line.split(' ')[0]) < lastNs - 300e6 - 3 * worstGapNs)
      expect(calls.length).toBeGreaterThanOrEqual(sure.length)
      compared += sure.length
    }
    expect(compared).toBeGreaterThan(0)
  })
})

describe('calls that are open for long', () => {
  it('are in the trace once, when the thread stood still in between', async () => {
    const { trace } = await record({
      'app.cjs': `
        const cell = new Int32Array(new SharedArrayBuffer(4))
        function still() { Atomics.wait(cell, 0, 0, 400) }
        function twice() { still(); still() }
        twice(); setTimeout(twice, 10)`,
    })
    const lines = outline(trace)
    expect(lines).toBe(
      '(module) app.cjs\n  twice\n    still\n      Atomics.wait\n    still\n      Atomics.wait\n' +
        'twice\n  still\n    Atomics.wait\n  still\n    Atomics.wait',
    )
  })

  it('are not in the trace when they were too short to be recorded after all', async () => {
    const { trace } = await record(
      {
        'app.cjs': `
          const cell = new Int32Array(new SharedArrayBuffer(4))
          function still() { Atomics.wait(cell, 0, 0, 400) }
          setTimeout(still, 10)`,
      },
      { options: { minDurationNs: 5e9 } },
    )
    expect(outline(trace)).toBe('')
  })
})
