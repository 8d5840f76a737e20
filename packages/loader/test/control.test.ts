import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { callsOf, outline, record, spansOf } from './record.js'

const REQUIRED = createRequire(import.meta.url).resolve('@tracer/loader/control')
const CONTROL = JSON.stringify(REQUIRED)
const IMPORTED = JSON.stringify(REQUIRED.replace(/\.cjs$/, '.js'))

describe('a program that stops and starts its recording', () => {
  it('has the calls that it made while it was recorded, exactly', async () => {
    const { trace, stdout, stops } = await record(
      {
        'app.cjs': `
          const { start, stop, isRecording } = require(${CONTROL})
          const said = []
          function work() { return [1, 2, 3].map(twice) }
          function twice(n) { return 2 * n }
          for (let i = 0; i < 1000; i++) work()
          for (let round = 0; round < 3; round++) {
            said.push(isRecording(), start(), isRecording())
            for (let i = 0; i < 100; i++) work()
            said.push(stop())
            for (let i = 0; i < 1000; i++) work()
          }
          console.log(JSON.stringify([...new Set(said)]), said.length, isRecording())`,
      },
      { options: { paused: true } },
    )
    expect(stdout).toBe('[false,true] 12 false\n')
    expect(callsOf(trace)).toEqual({ work: 300, twice: 900 })
    expect(switches(trace)).toEqual([
      'recording stopped',
      'recording started',
      'recording stopped',
      'recording started',
      'recording stopped',
      'recording started',
      'recording stopped',
    ])
    expect(stops[0].count).toBe(4)
    expect(stops[0].totalNs).toBeGreaterThan(0)
  })

  it('has a call that was open when it stopped up to there, marked as unfinished', async () => {
    const { trace } = await record({
      'app.mjs': `
        import { start, stop } from ${IMPORTED}
        function outer() { before(); stop(); wait(); start(); after() }
        function before() {} function after() {}
        function wait() { const end = Date.now() + 200; while (Date.now() < end); }
        outer()`,
    })
    expect(outline(trace)).toBe('(module) app.mjs*\n  outer*\n    before\nafter')
    const [outer] = spansOf(trace, 'outer')
    const [after] = spansOf(trace, 'after')
    expect(after.startNs - outer.endNs).toBeGreaterThan(150e6)
  })

  it('counts exactly with a budget too, whose decisions hold after a stop', async () => {
    const { trace, stdout } = await record(
      {
        'app.cjs': `
          const { start, stop } = require(${CONTROL})
          let sum = 0
          function tiny(n) { for (let i = 0; i < 3; i++) sum += n & i; return sum }
          function many() { for (let i = 0; i < 3e5; i++) tiny(i) }
          let counted = 0
          const until = Date.now() + 1500
          while (Date.now() < until) {
            start(); many(); counted += 3e5; stop(); many()
          }
          start()
          console.log(counted)`,
      },
      { options: { exact: false } },
    )
    expect(callsOf(trace)['tiny']).toBe(Number(stdout))
  })

  it('does so in all threads, also for functions that are loaded later', async () => {
    const { trace } = await record({
      'app.cjs': `
        const { start, stop } = require(${CONTROL})
        const { Worker } = require('worker_threads')
        const worker = new Worker(require('path').join(__dirname, 'worker.cjs'))
        const ask = (what) => new Promise((done) => { worker.once('message', done); worker.postMessage(what) })
        worker.once('message', async () => {
          await ask('recorded')
          stop()
          await ask('silent')
          start()
          await ask('recorded')
          await ask('stop')
          mine()
          await worker.terminate()
        })
        function mine() {}`,
      'worker.cjs': `
        const { parentPort } = require('worker_threads')
        const later = {}
        parentPort.on('message', answer)
        function answer(what) {
          if (what === 'stop') require(${CONTROL}).stop()
          else { later[what] ??= require('./' + what + '.cjs'); for (let i = 0; i < 50; i++) later[what]() }
          parentPort.postMessage('done')
        }
        parentPort.postMessage('ready')`,
      'recorded.cjs': 'module.exports = function recorded() {}',
      'silent.cjs': 'module.exports = function silent() {}',
    })
    const { recorded, silent, mine, answer } = callsOf(trace)
    expect({ recorded, silent, mine, answer }).toEqual({ recorded: 100, silent: undefined, mine: undefined, answer: 3 })
  })

  it('starts so in its child processes and threads as well', async () => {
    const { trace } = await record(
      {
        'app.cjs': `
          const { start } = require(${CONTROL})
          require('child_process').execFileSync(process.execPath, [require('path').join(__dirname, 'child.cjs')])
          new (require('worker_threads').Worker)(require('path').join(__dirname, 'child.cjs')).on('exit', () => {
            start(); mine()
          })
          function mine() {}`,
        'child.cjs': 'function child() {} child()',
      },
      { options: { paused: true } },
    )
    expect(callsOf(trace)).toMatchObject({ mine: 1 })
    expect(callsOf(trace)).not.toHaveProperty('child')
  })

  it('is told that it is not recorded when it is not', () => {
    const program = `
      const { start, stop, isRecording } = require(${CONTROL})
      console.log(start(), isRecording(), stop())`
    expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })).toBe('false false false\n')
  })
})

/** A busy machine may block the event loop as well: that is said, too. */
function switches({ tracks, sites }: Awaited<ReturnType<typeof record>>['trace']): string[] {
  return tracks
    .flatMap((track) => (track.kind === 'thread' ? Array.from(track.instants.site, (s) => sites[s].name) : []))
    .filter((name) => name.startsWith('recording '))
}
