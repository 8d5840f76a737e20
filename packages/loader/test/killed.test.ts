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
