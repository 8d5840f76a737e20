import { expect, it } from 'vitest'
import { bareAndRecorded } from './compare.js'
import { callsOf, record } from './record.js'

it.each([
  [
    'events of the process, and of a subscriber to new workers',
    `let events = []
     const { emit } = process
     process.emit = function (name, ...args) { events.push(name); return emit.call(this, name, ...args) }
     process.on('worker', () => { events.push('heard') })
     const started = setTimeout(() => console.log(events.join()), 300)`,
  ],
  [
    'resources and handles',
    `const { writeSync } = require('fs')
     setTimeout(() => writeSync(1, [process.getActiveResourcesInfo(), process._getActiveHandles().length, process._getActiveRequests().length].join()), 200)`,
  ],
  [
    'listeners of the output streams',
    `const { writeSync } = require('fs')
     const names = (stream) => stream.eventNames().map((name) => String(name) + stream.listenerCount(name)).sort().join()
     setTimeout(() => writeSync(1, names(process.stdout) + '|' + names(process.stderr)), 200)`,
  ],
  [
    'process.nextTick',
    `const own = Object.getOwnPropertyDescriptor(process, 'nextTick')
     setTimeout(() => console.log(own, Object.keys(process).indexOf('nextTick'), process.nextTick.name), 100)
     process.nextTick(() => console.log('first')); Promise.resolve().then(() => console.log('second'))`,
  ],
  ['a program that ends at once', "console.log('end')"],
  ['an exit code', 'setTimeout(() => { process.exitCode = 9 }, 200)'],
  [
    'an exit in a busy moment',
    'setTimeout(() => { for (let i = 0; i < 3e6; i++) f(i); process.exit(6) }, 60); function f(x) { return Math.sqrt(x) + 1 }',
  ],
  [
    'a worker of its own',
    `const { Worker } = require('worker_threads')
     const worker = new Worker("require('worker_threads').parentPort.postMessage('hi')", { eval: true })
     worker.on('message', console.log); worker.on('exit', (code) => console.log('exit', code))`,
  ],
])('%s: as without a recorder', (_, program) => {
  const { bare, recorded } = bareAndRecorded({ 'app.cjs': program })
  expect(recorded).toEqual(bare)
})

it('memory stays bounded while millions of calls are recorded', async () => {
  const { stdout, trace } = await record({
    'app.cjs': `
      function f(x) { return Math.sqrt(x) }
      function many(n) { let sum = 0; for (let i = 0; i < n; i++) sum += f(i); return sum }
      many(100000)
      const before = process.memoryUsage.rss()
      many(2500000)
      console.log(process.memoryUsage.rss() - before)`,
  })
  expect(Number(stdout)).toBeLessThan(120 * 1024 * 1024)
  expect(callsOf(trace)).toMatchObject({ f: 2_600_000, many: 2 })
})
