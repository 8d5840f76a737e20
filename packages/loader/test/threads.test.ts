import type { Trace } from '@tracer/core'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { arrowsOf } from './arrows.js'
import { bareAndRecorded } from './compare.js'
import { callsOf, outline, record } from './record.js'

/** Names of the threads, in the order in which they began. */
function names({ threads }: Trace): string[] {
  return threads.toSorted((a, b) => a.tid - b.tid).map(({ name }) => name)
}

const WORKER = "const { Worker, isMainThread, parentPort, workerData, threadId } = require('worker_threads')"

describe('a thread that the program starts', () => {
  it('has the name that the program gives it', async () => {
    const { trace } = await record({
      'app.cjs': `${WORKER}; for (const name of ['parser', undefined]) new Worker(__dirname + '/w.cjs', { name })`,
      'w.cjs': 'function w() {} w()',
    })
    expect(names(trace)).toEqual(['main', 'parser', 'worker 2'])
    expect(callsOf(trace)).toMatchObject({ w: 2 })
  })

  it('is recorded when it is started by another one', async () => {
    const { trace } = await record({
      'app.cjs': `${WORKER}; new Worker(__dirname + '/outer.cjs', { name: 'outer' })`,
      'outer.cjs': `${WORKER}; function outer() { new Worker(__dirname + '/inner.cjs', { name: 'inner' }) } outer()`,
      'inner.cjs': `${WORKER}; function inner() { new Worker(__dirname + '/inmost.cjs', {}) } inner()`,
      'inmost.cjs': 'function inmost() {} inmost()',
    })
    expect(names(trace)).toEqual(['main', 'outer', 'inner', 'worker 3'])
    expect(callsOf(trace)).toMatchObject({ outer: 1, inner: 1, inmost: 1 })
  })

  it('begins with an arrow from where it is made, which is a slice, and nothing else has called it back', async () => {
    const { trace } = await record(
      {
        'app.cjs': `${WORKER}
          function start(what, options) { return new Worker(what, options) }
          start(__dirname + '/w.cjs', { name: 'w' }).postMessage(1)
          start('function text() {} text()', { name: 'text', eval: true })`,
        'w.cjs': `${WORKER}; parentPort.on('message', () => parentPort.close()); setTimeout(() => {}, 1)`,
      },
      { options: { async: true } },
    )
    expect(outline(trace)).toContain('start\n    new Worker\n')
    expect(arrowsOf(trace)).toEqual(
      expect.arrayContaining([
        'main: new Worker -> text: text',
        'main: new Worker -> w: (module) w.cjs',
        'main: postMessage -> w: message event',
      ]),
    )
    const causes = trace.tracks.flatMap((track) =>
      track.kind === 'thread' && trace.threads[track.thread].name === 'w' ? [...track.slices.args.values()] : [],
    )
    expect(causes.sort()).toEqual(['{"after":"MESSAGEPORT"}', '{"after":"Timeout","ms":1}'])
  })

  it.each([
    ['an empty environment', '{ env: {} }'],
    ['an environment of its own', "{ env: { A: '1' } }"],
    ['options of Node.js in its environment', "{ env: { NODE_OPTIONS: '--no-deprecation' } }"],
    ['a shared environment', "{ env: require('worker_threads').SHARE_ENV }"],
    ['arguments of Node.js of its own', "{ execArgv: ['--no-warnings'] }"],
    ['no arguments of Node.js and an empty environment', '{ env: {}, execArgv: [] }'],
  ])('is recorded with %s', async (_, options) => {
    const { trace } = await record({
      'app.cjs': `${WORKER}; new Worker(__dirname + '/w.cjs', ${options})`,
      'w.cjs': 'function w() {} w()',
    })
    expect(callsOf(trace)).toMatchObject({ w: 1 })
  })

  it('of a text is recorded: its functions, and what it loads', async () => {
    const text =
      'function first() {}\n  class Kind { second() { first() } }\n  new Kind().second(); require(workerData)'
    const { trace } = await record({
      'app.cjs': `${WORKER}; const text = ${JSON.stringify(`${WORKER}; ${text}`)}
        new Worker(text, { eval: true, workerData: __dirname + '/w.cjs' })`,
      'w.cjs': 'function w() {} w()',
    })
    expect(callsOf(trace)).toMatchObject({ w: 1, first: 1, 'Kind.second': 1 })
    const places = trace.sites.flatMap(({ name, file, line, column }) =>
      name === 'Kind.second' ? [`${file}:${line}:${column}`] : [],
    )
    expect(places).toEqual(['[worker eval]:2:16'])
  })

  it('of a text sees of it what it would see', () => {
    const text = `
      function shown(error) { return String(error.stack).split('\\n').slice(0, 3).join('|') }
      function fails() { return shown(new Error('here')) } console.log(fails(), fails.toString())
      console.log(__filename, require.main === module, typeof module, module.id, process._eval.length, process.argv.length)
      import('path').then(({ basename }) => { console.log(basename('/a/b')); setTimeout(function late() { throw new TypeError('late') }) })`
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `${WORKER}
        const run = (text, next) => new Worker(text, { eval: true }).on('error', (e) => console.log(String(e.stack ?? e).split('at listOn')[0])).on('exit', next)
        const all = [${JSON.stringify(text)}, 'a syntax error', 'function f() {} throw 3', "import p from 'path'; console.log(p.sep)", 'const a: number = 1; console.log(a)', '']
        const next = () => { const text = all.shift(); if (text !== undefined) run(text, next) }
        next()`,
    })
    expect(recorded).toEqual(bare)
    expect(bare.stdout).toContain('b\n')
  })

  it('of a data: URL is recorded, and sees what it would see', async () => {
    const text = `
      import { basename } from 'node:path'; import { parentPort } from 'node:worker_threads'
      function shown(error) { return String(error.stack).split(String.fromCharCode(10)).slice(0, 3).join('|') }
      function fails(a, b) { return shown(new Error('here')) } console.log(fails(), fails.toString(), import.meta.url)
      import('./x.js').catch((e) => console.log(e.code, e.message)); console.log(basename('/a/b'), Object.keys(import.meta))
      setTimeout(function late() { throw new TypeError('late') }, 20)`
    // In an URL as it is written, lines become one. Where hooks run on a thread of their own (Node 20), errors of syntax come one turn sooner or later.
    const files = {
      'app.mjs': `import { Worker } from 'node:worker_threads'
        const texts = ${JSON.stringify([text, 'function f( {', 'export default 1; function g() {} g(); throw 3', ''])}
        const urls = texts.flatMap((t) => ['data:text/javascript,' + encodeURIComponent(t), 'data:text/javascript,' + t, 'data:text/javascript;base64,' + btoa(t)])
        const next = () => { const url = urls.shift(); if (url) new Worker(new URL(url)).on('error', (e) => console.log(String(e.stack ?? e).split(/\\n +at process\\./)[0])).on('exit', next) }
        next()
        await import('data:text/javascript,export function own() { throw new Error("own") }').then((m) => m.own()).catch((e) => console.log(e.stack))`,
    }
    const { bare, recorded } = bareAndRecorded(files)
    expect(recorded).toEqual(bare)
    const { trace } = await record(files)
    expect(callsOf(trace)).toMatchObject({ fails: 2, g: 3, own: 1 })
    expect(trace.sites.find(({ name }) => name === 'own')?.file).toMatch(/^\[data: [0-9a-f]{8}\]$/)
  })

  it('is recorded when the program has emptied its own environment', async () => {
    const { trace } = await record({
      'app.cjs': `${WORKER}; for (const name of Object.keys(process.env)) delete process.env[name]
        new Worker(__dirname + '/w.cjs')`,
      'w.cjs': 'function w() {} w()',
    })
    expect(callsOf(trace)).toMatchObject({ w: 1 })
  })

  it.each([
    ['is terminated', 'while (true) deep()', 'm === "go" && worker.terminate()'],
    ['throws', 'deep(); throw new Error("oh")', ''],
    ['ends by process.exit', 'deep(); function last() { process.exit(3) } last()', ''],
    ['fills its memory', 'deep(); const all = []; while (true) all.push(new Array(1e4).fill({ a: [] }))', ''],
  ])('keeps what it recorded when it %s', async (_, end, onMessage) => {
    const { trace, end: code } = await record({
      'app.cjs': `${WORKER}
        const worker = new Worker(__dirname + '/w.cjs', { name: 'w', resourceLimits: { maxOldGenerationSizeMb: 24 } })
        worker.on('message', (m) => { ${onMessage} })
        worker.on('error', () => undefined)
        worker.on('exit', () => { after() })
        function after() {}`,
      'w.cjs': `${WORKER}
        function deep() { for (let i = 0; i < 100; i++) shallow(i) } function shallow(i) { return [i] }
        deep(); parentPort.postMessage('go')
        ${end}`,
    })
    expect(code).toBe(0)
    expect(names(trace)).toEqual(['main', 'w'])
    const calls = callsOf(trace)
    expect(calls['shallow']).toBeGreaterThanOrEqual(100)
    expect(calls['after']).toBe(1)
    expect(outline(trace)).toContain('(module) w.cjs')
  })

  it('sees the environment, the arguments and the name that the program gives it', () => {
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `${WORKER}
        if (isMainThread) {
          const all = [{ env: {} }, { env: { A: 1 } }, { env: { NODE_OPTIONS: '--no-deprecation' } }, { name: 'n', execArgv: ['--no-warnings'] }]
          const next = () => { const options = all.shift(); options && new Worker(__filename, options).on('exit', next) }
          next()
        } else console.log(Object.entries(process.env).length < 5 && process.env, process.execArgv, require('worker_threads').threadName)`,
    })
    expect(recorded).toEqual(bare)
  })

  it('is of a class that cannot be told from the original', () => {
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `${WORKER}
        const shape = (f) => [f.name, f.length, Reflect.ownKeys(f).join(), String(f).length, JSON.stringify(Object.getOwnPropertyDescriptor(f, 'prototype'))]
        console.log(shape(Worker), Worker.prototype.constructor === Worker, Object.getPrototypeOf(Worker) === require('events'))
        console.log(Object.getOwnPropertyDescriptor(require('worker_threads'), 'Worker').enumerable, Reflect.ownKeys(Worker.prototype).join())
        for (const attempt of [() => Worker('x'), () => new Worker(), () => new Worker('x.js'), () => new Worker('', { eval: true, env: 3 }),
          () => new Worker('', { eval: true, execArgv: ['--nonsense'] })]) try { attempt() } catch (e) { console.log(e.name, e.message, e.code, e.stack.split('\\n').length) }
        class Own extends Worker { constructor() { super('', { eval: true, env: {} }) } own() { return 1 } }
        const own = new Own()
        console.log(own instanceof Worker, own instanceof Own, own.own(), own.constructor.name, Object.keys(new Worker('', { eval: true })).join())
        new Worker('', { eval: true }).on('exit', function () { console.log(new Error('stack').stack) })`,
    })
    expect(recorded).toEqual(bare)
  })
})

describe('a message', () => {
  it('is an arrow from the thread that sends it to the one that receives it, both ways', async () => {
    const { trace } = await record({
      'app.cjs': `${WORKER}
        const worker = new Worker(__dirname + '/w.cjs', { name: 'w' })
        function ask() { worker.postMessage(1); worker.postMessage(2) } ask()
        worker.on('message', function onAnswer() {})`,
      'w.cjs': `${WORKER}
        parentPort.on('message', function onQuestion(m) { parentPort.postMessage(m); if (m === 2) parentPort.close() })`,
    })
    expect(arrowsOf(trace)).toEqual([
      'main: new Worker -> w: (module) w.cjs',
      'main: postMessage -> w: message event',
      'main: postMessage -> w: message event',
      'w: postMessage -> main: message event',
      'w: postMessage -> main: message event',
    ])
    expect(outline(trace)).toContain('ask\n    postMessage\n    postMessage')
    expect(outline(trace)).toContain('message event\n  onQuestion\n    postMessage')
  })

  it('is one through channels whose ports were given to other threads, by message or with their data', async () => {
    const { trace } = await record({
      'app.cjs': `${WORKER}; const { MessageChannel } = require('worker_threads')
        const between = new MessageChannel(), given = new MessageChannel()
        given.port1.postMessage('early')
        const data = { list: [1, { port: given.port2 }] }
        const a = new Worker(__dirname + '/w.cjs', { name: 'a', workerData: data, transferList: [given.port2] })
        const b = new Worker(__dirname + '/w.cjs', { name: 'b' })
        a.postMessage({ to: between.port1 }, [between.port1])
        b.postMessage({ to: between.port2 }, { transfer: [between.port2] })
        given.port1.on('message', () => given.port1.close())`,
      'w.cjs': `${WORKER}
        const given = workerData?.list[1].port
        parentPort.once('message', ({ to }) => {
          to.on('message', (m) => { if (m === 'ping') to.postMessage('pong'); to.close() })
          if (given) to.postMessage('ping')
        })
        given?.on('message', () => given.postMessage('late'))`,
    })
    expect(arrowsOf(trace)).toEqual([
      'a: postMessage -> b: message event',
      'a: postMessage -> main: message event',
      'b: postMessage -> a: message event',
      'main: new Worker -> a: (module) w.cjs',
      'main: new Worker -> b: (module) w.cjs',
      'main: postMessage -> a: message event',
      'main: postMessage -> a: message event',
      'main: postMessage -> b: message event',
    ])
  })

  it('is one to where it is taken from a port at once, and to a port that was sent on', async () => {
    const { trace } = await record({
      'app.cjs': `const { MessageChannel, receiveMessageOnPort } = require('worker_threads')
        const channel = new MessageChannel(), way = new MessageChannel()
        channel.port1.postMessage('a'); channel.port1.postMessage('b')
        receiveMessageOnPort(channel.port2)
        way.port1.postMessage([channel.port2], [channel.port2])
        way.port2.once('message', ([port]) => {
          port.once('message', function onB() { port.postMessage('c'); channel.port1.once('message', () => { channel.port1.close(); way.port1.close() }) })
        })`,
    })
    expect(arrowsOf(trace)).toEqual([
      'main: postMessage -> main: message event',
      'main: postMessage -> main: message event',
      'main: postMessage -> main: message event',
      'main: postMessage -> main: receiveMessageOnPort',
    ])
  })

  it('that the program emits itself, or that cannot be sent, moves no arrow', async () => {
    const { trace, stdout } = await record({
      'app.cjs': `const { MessageChannel } = require('worker_threads')
        const { port1, port2 } = new MessageChannel()
        try { port1.postMessage(() => 1) } catch (e) { console.log(e.name) }
        function send() { port1.postMessage('x') } send()
        port2.on('message', (m) => { if (m === 'x') port1.close() })
        port2.emit('message', 'own')
        port2.dispatchEvent(new Event('message'))`,
    })
    expect(stdout).toBe('DataCloneError\n')
    expect(arrowsOf(trace)).toEqual(['main: postMessage -> main: message event'])
    expect(outline(trace)).toContain('send\n    postMessage')
  })

  it('changes nothing for the program', () => {
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `${WORKER}; const { MessageChannel, MessagePort, receiveMessageOnPort, BroadcastChannel } = require('worker_threads')
        const shape = (f) => [f.name, f.length, Reflect.ownKeys(f).join(), 'prototype' in f, String(f)]
        if (isMainThread) {
          console.log(shape(MessagePort.prototype.postMessage), shape(Atomics.wait), shape(Object.getPrototypeOf(MessagePort.prototype).emit))
          console.log(receiveMessageOnPort.name, receiveMessageOnPort.length, String(receiveMessageOnPort))
          console.log(JSON.stringify(Object.getOwnPropertyDescriptors(MessagePort.prototype)), Object.keys(MessageChannel.prototype))
          console.log(JSON.stringify(Object.getOwnPropertyDescriptors(new MessageChannel())))
          const { port1, port2 } = new MessageChannel()
          for (const attempt of [() => port1.postMessage(), () => port1.postMessage(Symbol.iterator), () => port1.postMessage(1, 2), () => port1.postMessage(port1, [port1]),
            () => receiveMessageOnPort(), () => receiveMessageOnPort({}), () => MessagePort.prototype.postMessage.call({}, 1), () => Atomics.wait(1),
            () => Atomics.wait(new Int32Array(4), 0, 0, 0), () => new port1.postMessage(1), () => new Atomics.wait()]) {
            try { console.log(attempt()) } catch (e) { console.log(e.name, e.message, e.code, e.stack.split('\\n').slice(1, 3).join()) }
          }
          port2.on('message', function (m) { console.log(m, this === port2, new Error('here').stack); port1.close() })
          port2.onmessage = (event) => console.log(event.constructor.name, event.data, event.ports.length, event.target === port2)
          port1.postMessage({ a: [1, new Map([[1, 2]])], b: new Uint8Array(2) })
          const one = new BroadcastChannel('news'), two = new BroadcastChannel('news')
          one.onmessage = (event) => { console.log(event.data, event.target === one); one.close(); two.close() }
          two.postMessage('broadcast')
          const cell = new Int32Array(new SharedArrayBuffer(4))
          console.log(Atomics.wait(cell, 0, 1), Atomics.wait(cell, 0, 0, 1), Atomics.waitAsync?.(cell, 0, 1))
        }`,
    })
    expect(recorded).toEqual(bare)
  })
})

describe('many messages', () => {
  it('are never received before they were sent, by more than 50 µs, in 10,000 tries', async () => {
    const { trace } = await record({
      'app.cjs': `${WORKER}
        const worker = new Worker(__dirname + '/w.cjs', { name: 'w' })
        worker.on('message', (m) => { if (m < 5000) worker.postMessage(m); else worker.postMessage('end') })`,
      'w.cjs': `${WORKER}
        let sent = 0
        parentPort.on('message', (m) => { if (m === 'end') parentPort.close(); else parentPort.postMessage(++sent) })
        parentPort.postMessage(++sent)`,
    })
    const { flows, tracks, sites } = trace
    let pairs = 0
    for (let i = 0; i + 1 < flows.length; i++) {
      if (flows.flow[i] !== flows.flow[i + 1]) continue
      const nameAt = (end: number): string => {
        const track = tracks[flows.track[end]]
        return track.kind === 'counter' ? '' : sites[track.slices.site[flows.slice[end]]].name
      }
      if (nameAt(i) === 'new Worker') continue
      pairs++
      // Ends stand in the order of their times: a message that seems to be received first stands the other way around.
      const earlyNs = nameAt(i) === 'message event' ? flows.timeNs[i + 1] - flows.timeNs[i] : 0
      expect(earlyNs).toBeLessThan(50_000)
    }
    expect(pairs).toBe(10_000)
  })
})

describe('a flood of messages', () => {
  it('has all its arrows, although the budget has no room for it', async () => {
    const { trace } = await record(
      {
        'app.cjs': `${WORKER}
          const worker = new Worker(__dirname + '/w.cjs', { name: 'w' })
          let left = 30
          worker.on('message', function onAnswer() { if (--left === 0) worker.postMessage('end'); else flood() })
          function flood() { for (let i = 0; i < 999; i++) worker.postMessage(i); worker.postMessage('answer') }
          flood()`,
        'w.cjs': `${WORKER}
          function small(n) { return n }
          parentPort.on('message', (m) => {
            for (let i = 0; i < 200; i++) small(i)
            if (m === 'answer') parentPort.postMessage(1); else if (m === 'end') parentPort.close()
          })`,
      },
      { options: { exact: false, overheadPercent: 0 } },
    )
    const arrows = arrowsOf(trace)
    // Of a tick-checked function, the start is told a little early: an arrow may lead there.
    expect(arrows.filter((arrow) => arrow.startsWith('main: postMessage -> w: '))).toHaveLength(30_001)
    expect(arrows.filter((arrow) => arrow.startsWith('w: postMessage -> main: '))).toHaveLength(30)
  })
})

describe('workers in sequence', () => {
  it.runIf(existsSync('/proc/self/statm'))('leave nothing in memory, however many there were', async () => {
    const { trace, stdout } = await record(
      {
        'app.cjs': `${WORKER}
          const { readFileSync } = require('fs')
          const resident = () => Math.round(Number(readFileSync('/proc/self/statm', 'latin1').split(' ')[1]) * 4096 / 2 ** 20)
          const seen = []
          let left = 150
          function next() {
            if (left % 50 === 0) seen.push(resident())
            if (left-- === 0) console.log(JSON.stringify(seen)); else new Worker(__dirname + '/w.cjs').on('exit', next)
          }
          next()`,
        'w.cjs': 'function w(n) { return n > 0 ? w(n - 1) : 0 } for (let i = 0; i < 100; i++) w(9)',
      },
      { options: { exact: false } },
    )
    expect(callsOf(trace)).toMatchObject({ w: 150_000 })
    // What a thread shares takes 56 MB of addresses, and with pages that were written over and are kept, as much memory.
    const [, first, , last] = JSON.parse(stdout) as number[]
    expect(last - first).toBeLessThan(150)
  })
})

describe('a program of four workers', () => {
  it('has exactly the calls that each thread counted itself', async () => {
    const { trace, stdout } = await record({
      'app.cjs': `${WORKER}
        const made = {}
        for (let i = 1; i <= 4; i++) {
          const worker = new Worker(__dirname + '/w.cjs', { name: 'w' + i, workerData: i })
          worker.on('message', (count) => { made['w' + i] = count; if (Object.keys(made).length === 4) console.log(JSON.stringify(made)) })
        }`,
      'w.cjs': `${WORKER}
        let count = 0
        function step(n) { count++; return n > 0 ? step(n - 1) : 0 }
        for (let i = 0; i < 3000 * workerData; i++) step(i % 9)
        parentPort.postMessage(count)`,
    })
    const counted: Record<string, number> = {}
    for (const track of trace.tracks) {
      if (track.kind !== 'thread' || trace.threads[track.thread].name === 'main') continue
      counted[trace.threads[track.thread].name] = track.slices.site.filter(
        (site) => trace.sites[site].name === 'step',
      ).length
    }
    expect(counted).toEqual(JSON.parse(stdout))
  })
})

describe('a wait for another thread', () => {
  it('is a slice, and a span when it does not block', async () => {
    const { trace } = await record({
      'app.cjs': `const cell = new Int32Array(new SharedArrayBuffer(4))
        function waiting() { Atomics.wait(cell, 0, 0, 5) } waiting()
        Atomics.waitAsync?.(cell, 0, 0, 5)`,
    })
    expect(outline(trace)).toContain('waiting\n    Atomics.wait')
    const spans = trace.tracks.flatMap((track) => (track.kind === 'async' ? [track.name] : []))
    expect(spans).toEqual('waitAsync' in Atomics ? ['Atomics.waitAsync'] : [])
  })

  it('that lasts when the thread is terminated is open at the end', async () => {
    const { trace } = await record({
      'app.cjs': `${WORKER}
        const worker = new Worker(__dirname + '/w.cjs')
        worker.on('message', () => setTimeout(() => worker.terminate(), 50))`,
      'w.cjs': `${WORKER}
        function forever() { parentPort.postMessage(1); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0) } forever()`,
    })
    expect(outline(trace)).toContain('forever*\n    postMessage\n    Atomics.wait*')
  })
})
