import { describe, expect, it } from 'vitest'
import { outline, record } from './record.js'

const say = "require('fs').writeSync(1, 'in');"

/** Sends it some time after the program has said that it is in: a recorder that has just begun does not hear yet. */
const send = (signal: NodeJS.Signals) => ({
  onOutput: (child: { kill(signal: NodeJS.Signals): boolean }) => void setTimeout(() => child.kill(signal), 700),
})

/** The same again and again: on a busy machine the recorder may need longer until it hears. */
const keepSending = (signal: NodeJS.Signals) => ({
  onOutput: (child: { kill(signal: NodeJS.Signals): boolean }) => {
    const sending = setInterval(() => {
      if (!child.kill(signal)) clearInterval(sending)
    }, 700)
  },
})

describe('a program that does not listen', () => {
  it.each([
    ['in an endless loop', `function stuck() { ${say} for (;;); }`],
    ['that calls', `function f(x) { return x + 1 } function stuck() { ${say} for (let i = 0; ; i = f(i)); }`],
    ['in Atomics.wait', `function stuck() { ${say} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0) }`],
    ['in spawnSync', `function stuck() { ${say} require('child_process').spawnSync('sleep', ['5']) }`],
  ])('dies of an interrupt %s, and the trace has what it was in', async (_, stuck) => {
    const { trace, end } = await record(
      { 'app.cjs': `${stuck} function outer() { stuck() } outer()` },
      { ...keepSending('SIGINT'), options: { exact: false } },
    )
    expect(end).toBe('SIGINT')
    expect(outline(trace)).toContain('(module) app.cjs*\n  outer*\n    stuck*')
    expect(trace.threads[0].complete).toBe(true)
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('dies when it gets %s in an endless loop', async (signal) => {
    const { trace, end } = await record(
      { 'app.cjs': `stuck(); function stuck() { ${say} for (;;); }` },
      keepSending(signal),
    )
    expect(end).toBe('SIGKILL')
    expect(outline(trace)).toBe('(module) app.cjs*\n  stuck*')
  })

  it('dies in a loop outside of any function, and in one that comes after a while in its event loop', async () => {
    const top = await record({ 'app.cjs': `${say} for (;;);` }, keepSending('SIGINT'))
    expect(top.end).toBe('SIGINT')
    expect(outline(top.trace)).toBe('(module) app.cjs*')
    const late = await record(
      { 'app.mjs': "setTimeout(() => { console.log('in'); for (;;); }, 300)" },
      keepSending('SIGINT'),
    )
    expect(late.end).toBe('SIGINT')
  })

  it('dies in an endless loop of a package that is not traced', async () => {
    const files = {
      'app.mjs': "import { stuck } from './package.mjs'\nstuck()",
      'package.mjs': "import fs from 'node:fs'\nexport function stuck() { fs.writeSync(1, 'in'); for (;;); }",
    }
    const { end } = await record(files, { ...keepSending('SIGINT'), options: { exclude: ['package.mjs'] } })
    expect(end).toBe('SIGINT')
  })

  it('dies when nothing of it is traced', async () => {
    const files = { 'app.cjs': `${say} for (;;);` }
    const { end } = await record(files, { ...keepSending('SIGTERM'), options: { exclude: ['**'] } })
    expect(end).toBe('SIGTERM')
  })
})

describe('a program that listens', () => {
  it.each([
    ['for good', 'on'],
    ['once', 'once'],
  ])('%s handles the signal when it has become idle', async (_, on) => {
    const code = `
      process.${on}('SIGINT', function stop() { console.log('stopping'); setTimeout(() => process.exit(5), 400) })
      function busy() { const end = Date.now() + 2000; ${say} while (Date.now() < end); }
      busy(); setInterval(() => {}, 1000)`
    const { end, stdout, trace } = await record({ 'app.cjs': code }, send('SIGINT'))
    expect({ end, stdout }).toEqual({ end: 5, stdout: 'instopping\n' })
    expect(outline(trace)).toContain('\nstop\n')
  })

  it('once dies of a second one while it is busy with the first', async () => {
    const code = `
      process.once('SIGINT', function stop() { require('fs').writeSync(1, 'stopping'); for (;;); })
      setInterval(() => {}, 1000); ${say}`
    const { end, stdout, trace } = await record(
      { 'app.cjs': code },
      {
        onOutput: (child) => {
          setTimeout(() => child.kill('SIGINT'), 500)
          setTimeout(() => child.kill('SIGINT'), 1500)
        },
      },
    )
    expect({ end, stdout }).toEqual({ end: 'SIGINT', stdout: 'instopping' })
    expect(outline(trace)).toContain('stop*')
  })
})

it('a worker that is busy changes nothing: the main thread handles the signal', async () => {
  const { end, trace } = await record(
    {
      'app.cjs': "new (require('worker_threads').Worker)(require('path').join(__dirname, 'worker.cjs'))",
      'worker.cjs': `w(); function w() { ${say} for (;;); }`,
    },
    send('SIGTERM'),
  )
  expect(end).toBe('SIGTERM')
  expect(outline(trace)).toContain('(module) worker.cjs*\n  w*')
})
