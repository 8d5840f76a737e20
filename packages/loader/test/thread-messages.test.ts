import * as threads from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { arrowsOf } from './arrows.js'
import { bareAndRecorded } from './compare.js'
import { outline, record } from './record.js'

const THREADS =
  "const { Worker, isMainThread, parentPort, workerData, threadId, MessageChannel, BroadcastChannel, receiveMessageOnPort, postMessageToThread } = require('worker_threads')"

describe('a broadcast', () => {
  it('has an arrow to each that receives it, on all threads', async () => {
    const { trace } = await record({
      'app.cjs': `${THREADS}
        const news = new BroadcastChannel('news'), other = new BroadcastChannel('other'), alone = new BroadcastChannel('alone')
        let ready = 0
        for (const name of ['a', 'b']) new Worker(__dirname + '/w.cjs', { name }).on('message', () => {
          if (++ready === 2) { news.postMessage('one'); other.postMessage('unheard'); alone.postMessage('unheard'); news.postMessage('two') }
          if (ready === 4) for (const channel of [news, other, alone]) channel.close()
        })`,
      'w.cjs': `${THREADS}
        const news = new BroadcastChannel('news')
        news.onmessage = ({ data }) => { if (data === 'two') { parentPort.postMessage('done'); news.close() } }
        parentPort.postMessage('ready')`,
    })
    const broadcasts = arrowsOf(trace).filter((arrow) => arrow.startsWith('main: postMessage'))
    expect(broadcasts).toEqual([
      'main: postMessage -> a: message event',
      'main: postMessage -> a: message event',
      'main: postMessage -> b: message event',
      'main: postMessage -> b: message event',
    ])
  })

  it('has one from whoever sends it, in turn, and to one that joins later', async () => {
    const { trace } = await record({
      'app.cjs': `${THREADS}
        const make = (name) => new BroadcastChannel(name)
        const [a, b] = [make('news'), make('news')]
        const received = []
        function sendA() { a.postMessage('a1'); a.postMessage('a2') } function sendB() { b.postMessage('b1') } function sendAll() { a.postMessage('a3') }
        function sendC() { c.postMessage('c1') }
        sendA(); sendB(); sendA()
        let c
        setTimeout(() => {
          c = make('news')
          c.onmessage = function onC(e) { received.push('c:' + e.data) }
          sendAll(); sendC()
          setTimeout(() => { console.log(received.join()); a.close(); b.close(); c.close() }, 50)
        }, 50)
        a.onmessage = function onA(e) { received.push('a:' + e.data) }
        b.onmessage = function onB(e) { received.push('b:' + e.data) }`,
    })
    // What sends is below the function that does, what receives above the one that listens.
    const { flows, tracks, sites } = trace
    const around = (row: number): string => {
      const track = tracks[flows.track[row]]
      if (track.kind !== 'thread') return ''
      const { site, depth } = track.slices
      const slice = flows.slice[row]
      const isSending = sites[site[slice]].name === 'postMessage'
      const other = isSending ? depth.lastIndexOf(depth[slice] - 1, slice) : slice + 1
      return sites[site[other]].name
    }
    const arrows: string[] = []
    for (let i = 1; i < flows.length; i++) {
      if (flows.flow[i] === flows.flow[i - 1]) arrows.push(`${around(i - 1)} -> ${around(i)}`)
    }
    const times = (count: number, arrow: string): string[] => Array.from({ length: count }, () => arrow)
    expect(arrows.sort()).toEqual(
      [times(4, 'sendA -> onB'), ['sendB -> onA', 'sendAll -> onB', 'sendAll -> onC', 'sendC -> onA', 'sendC -> onB']]
        .flat()
        .sort(),
    )
  })

  it('that threads send at the same time has arrows from none but those who sent it', async () => {
    const { trace, stdout } = await record({
      'app.cjs': `${THREADS}
        const cell = new SharedArrayBuffer(4), channel = new BroadcastChannel('flood'), got = { a: 0, b: 0 }
        channel.onmessage = ({ data }) => {
          if (data === 'a') fromA(); else fromB()
          if (got.a + got.b === 2000) { channel.close(); console.log('all') }
        }
        function fromA() { got.a++ } function fromB() { got.b++ }
        for (const name of ['a', 'b']) new Worker(__dirname + '/w.cjs', { name, workerData: cell })`,
      'w.cjs': `${THREADS}
        const name = require('worker_threads').threadName ?? 'ab'[threadId - 1]
        const cell = new Int32Array(workerData), channel = new BroadcastChannel('flood')
        Atomics.add(cell, 0, 1)
        while (Atomics.load(cell, 0) < 2);
        for (let i = 0; i < 1000; i++) channel.postMessage(name)
        channel.close()`,
    })
    expect(stdout).toBe('all\n')
    const { flows, tracks, threads: all, sites } = trace
    const wrong: string[] = []
    for (let i = 1; i < flows.length; i++) {
      const [from, to] = [tracks[flows.track[i - 1]], tracks[flows.track[i]]]
      if (flows.flow[i] !== flows.flow[i - 1] || from.kind !== 'thread' || to.kind !== 'thread') continue
      const handler = sites[to.slices.site[flows.slice[i] + 2]].name
      const [sender, receiver] = [all[from.thread].name, all[to.thread].name]
      if (receiver === 'main' && handler !== `from${sender.toUpperCase()}`) wrong.push(`${sender}: ${handler}`)
    }
    expect(wrong).toEqual([])
  })

  it('changes nothing for the program', () => {
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `${THREADS}
        console.log(Object.getOwnPropertyNames(BroadcastChannel.prototype), Object.keys(BroadcastChannel.prototype))
        const own = Object.getOwnPropertyDescriptors(new BroadcastChannel('x').unref())
        console.log(Reflect.ownKeys(own).map((key) => [String(key), own[key].enumerable, own[key].writable, own[key].configurable].join()))
        class News extends BroadcastChannel {}
        const [a, b] = [new News('y'), new BroadcastChannel({ toString: () => 'y' })]
        console.log(a, b.name)
        a.onmessage = (event) => { console.log(event.data, new Error('here').stack); console.log(receiveMessageOnPort(b)); a.close(); b.close(); attempt(() => a.postMessage(1)) }
        const attempt = (work) => { try { console.log(work()) } catch (e) { console.log(e.name, e.message, e.stack.split('\\n').slice(0, 4)) } }
        attempt(() => a.postMessage()); attempt(() => b.postMessage(Symbol.iterator)); attempt(() => new BroadcastChannel()); attempt(() => new BroadcastChannel(Symbol('x')))
        attempt(() => BroadcastChannel.prototype.name); attempt(() => BroadcastChannel.prototype.ref.call({}))
        b.postMessage({ deep: [1, 2] }); a.postMessage('to b')`,
    })
    expect(recorded).toEqual(bare)
  })
})

describe('a port that receiveMessageOnPort brings', () => {
  it('is known: its messages have arrows', async () => {
    const { trace } = await record({
      'app.cjs': `${THREADS}
        const way = new MessageChannel(), first = new MessageChannel(), second = new MessageChannel()
        way.port1.postMessage({ list: [second.port2, { first: first.port2 }] }, [first.port2, second.port2])
        const { list } = receiveMessageOnPort(way.port2).message
        function toFirst() { first.port1.postMessage(1) } toFirst()
        function answer() { list[0].postMessage(2) } answer()
        receiveMessageOnPort(list[1].first); receiveMessageOnPort(second.port1)`,
    })
    expect(arrowsOf(trace)).toEqual([
      'main: postMessage -> main: receiveMessageOnPort',
      'main: postMessage -> main: receiveMessageOnPort',
      'main: postMessage -> main: receiveMessageOnPort',
    ])
  })
})

// v20.19.0, v22.5.0.
describe.runIf('postMessageToThread' in threads)('a message to a thread by its number', () => {
  it('has an arrow: from the main thread, to it, and between workers', async () => {
    const { trace } = await record({
      'app.cjs': `${THREADS}
        const workers = ['a', 'b'].map((name) => new Worker(__dirname + '/w.cjs', { name }))
        process.on('workerMessage', function onMain(m, from) { workers.forEach((w) => w.postMessage('end')) })
        let ready = 0
        async function ask() { await postMessageToThread(workers[0].threadId, workers[1].threadId) }
        for (const worker of workers) worker.on('message', () => { if (++ready === 2) ask() })`,
      'w.cjs': `${THREADS}
        process.on('workerMessage', function onOther(to) { postMessageToThread(to, 0) })
        parentPort.on('message', () => process.exit())
        parentPort.postMessage('ready')`,
    })
    expect(arrowsOf(trace).filter((arrow) => arrow.includes('postMessageToThread'))).toEqual([
      'a: postMessageToThread -> b: workerMessage event',
      'b: postMessageToThread -> main: workerMessage event',
      'main: postMessageToThread -> a: workerMessage event',
    ])
    expect(outline(trace)).toContain('workerMessage event\n  onMain')
  })

  it('has one also to a worker of a worker, and brings ports that are known', async () => {
    const { trace } = await record({
      'app.cjs': `${THREADS}
        const { port1, port2 } = new MessageChannel()
        port1.on('message', () => port1.close())
        new Worker(__dirname + '/outer.cjs', { name: 'outer' }).on('message', (id) => { setTimeout(() => postMessageToThread(id, port2, [port2]), 20) })`,
      'outer.cjs': `${THREADS}
        const inner = new Worker(__dirname + '/inner.cjs', { name: 'inner' })
        inner.on('message', () => parentPort.postMessage(inner.threadId))`,
      'inner.cjs': `${THREADS}
        process.on('workerMessage', (port) => { port.postMessage('back'); setTimeout(() => process.exit(), 20) })
        parentPort.on('message', () => {}); parentPort.postMessage('ready')`,
    })
    expect(arrowsOf(trace)).toEqual([
      'inner: postMessage -> main: message event',
      'inner: postMessage -> outer: message event',
      'main: new Worker -> outer: (module) outer.cjs',
      'main: postMessageToThread -> inner: workerMessage event',
      'outer: new Worker -> inner: (module) inner.cjs',
      'outer: postMessage -> main: message event',
    ])
  })

  it('changes nothing for the program, also where it fails', () => {
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `${THREADS}
        const shape = (f) => [f.name, f.length, Reflect.ownKeys(f).join(), String(f)]
        console.log(shape(postMessageToThread))
        const failed = (e) => console.log(e.code, e.message, e.stack.split('\\n').slice(0, 2))
        const worker = new Worker(__dirname + '/w.cjs')
        worker.once('message', async () => {
          await postMessageToThread(99, 1).catch(failed); await postMessageToThread(0, 1).catch(failed)
          await postMessageToThread(worker.threadId, Symbol.iterator).catch(failed)
          await postMessageToThread(worker.threadId, 'x'); await postMessageToThread(worker.threadId, 'throw').catch(failed)
          await postMessageToThread(worker.threadId, 'close'); await postMessageToThread(worker.threadId, 'gone').catch(failed)
          worker.postMessage('end')
        })`,
      'w.cjs': `${THREADS}
        process.on('workerMessage', function f(m, from) { console.log(m, from, new Error('here').stack); if (m === 'throw') throw 1; if (m === 'close') process.off('workerMessage', f) })
        parentPort.on('message', () => parentPort.close()); parentPort.postMessage(1)`,
    })
    // Which thread's lines come first, is by chance.
    const lines = (seen: typeof bare): unknown => ({ ...seen, stdout: seen.stdout.split('\n').sort() })
    expect(lines(recorded)).toEqual(lines(bare))
  })
})
