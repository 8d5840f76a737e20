import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { edgesOf } from './edges.js'
import { NODES } from './nodes.js'
import { recorded } from './recorded.js'
import { readShapes } from './shape-table.js'

const FOLDER = new URL('./shapes/', import.meta.url)
/** A program, and its tasks with what set them going, sorted as `edgesOf` gives them. */
interface Shape {
  readonly title: string
  readonly program: string
  readonly edges: string
}

const SHAPES: readonly Shape[] = [
  {
    title: 'a timer, and what it sets going',
    program: `
      function start() { setTimeout(function first() { setImmediate(function second() {}) }, 1) }
      start()
    `,
    edges: `
      (module) program.mjs
      first < (module) program.mjs
      second < first
    `,
  },
  {
    title: 'an interval, each time',
    program: `
      let count = 0
      async function start() {
        await null
        const timer = setInterval(function again() { if (++count === 3) clearInterval(timer) }, 1)
      }
      start()
    `,
    edges: `
      (module) program.mjs
      again < start
      again < start
      again < start
      start < (module) program.mjs
    `,
  },
  {
    title: 'callbacks of fs, which take several steps of Node.js’s own',
    program: `
      import fs from 'node:fs'
      async function start() {
        await null
        fs.readFile(new URL(import.meta.url), function read() { fs.stat('.', function looked() {}) })
      }
      start()
    `,
    edges: `
      (module) program.mjs
      looked < read
      read < start
      start < (module) program.mjs
    `,
  },
  {
    title: 'a promise of fs',
    program: `
      import { readFile } from 'node:fs/promises'
      async function start() { await inner(); setTimeout(function later() {}, 1) }
      async function inner() { await readFile(new URL(import.meta.url)) }
      start()
    `,
    edges: `
      (module) program.mjs
      inner < start
      later < start
      start < (module) program.mjs
    `,
  },
  {
    title: 'an event emitter calls its listeners at once, and is followed in what they set going',
    program: `
      import { EventEmitter } from 'node:events'
      const emitter = new EventEmitter()
      emitter.on('it', function listener() { setTimeout(function late() {}, 1) })
      async function start() { await null; emitter.emit('it') }
      start()
    `,
    edges: `
      (module) program.mjs
      late < start
      start < (module) program.mjs
    `,
  },
  {
    title: 'a stream is read on behalf of who made it',
    program: `
      import fs from 'node:fs'
      async function start() {
        await null
        fs.createReadStream(new URL(import.meta.url)).on('data', function data() {}).on('end', function end() {})
      }
      start()
    `,
    edges: `
      (module) program.mjs
      data < start
      end < start
      start < (module) program.mjs
    `,
  },
  {
    title: 'a pipeline of streams',
    program: `
      import fs from 'node:fs'
      import { Transform, Writable } from 'node:stream'
      import { pipeline } from 'node:stream/promises'
      async function start() {
        await pipeline(
          fs.createReadStream(new URL(import.meta.url)),
          new Transform({ transform: function change(piece, _, done) { setImmediate(function changed() { done(null, piece) }) } }),
          new Writable({ write: function write(piece, _, done) { done() } }),
        )
        process.nextTick(function after() {})
      }
      start()
    `,
    edges: `
      (module) program.mjs
      after < start
      change < start
      changed < change
      start < (module) program.mjs
    `,
  },
  {
    // The slice of a loop is closed when the generator begins, so that belongs to what called the function with the loop.
    title: 'for await over a stream, and over an async generator',
    program: `
      import { Readable } from 'node:stream'
      import { setTimeout as sleep } from 'node:timers/promises'
      async function* numbers() { yield 1; await sleep(1); yield 2; setImmediate(function last() {}) }
      async function start() {
        for await (const number of numbers()) setTimeout(function each() {}, number)
        for await (const piece of Readable.from(['a', 'b'])) process.nextTick(function one() {})
      }
      start()
    `,
    edges: `
      (module) program.mjs
      each < start
      each < start
      last < numbers
      numbers < (module) program.mjs
      one < start
      one < start
      start < (module) program.mjs
    `,
  },
  {
    title: 'promisified and callbackified functions',
    program: `
      import fs from 'node:fs'
      import { callbackify, promisify } from 'node:util'
      async function inner() { await promisify(fs.stat)('.'); return 1 }
      async function start() {
        await promisify(setTimeout)(1)
        callbackify(inner)(function called() {})
      }
      start()
    `,
    edges: `
      (module) program.mjs
      called < inner
      inner < start
      start < (module) program.mjs
    `,
  },
  {
    title: 'then: what a timer or a file has settled belongs to who started that',
    program: `
      import { readFile } from 'node:fs/promises'
      import { setTimeout as sleep } from 'node:timers/promises'
      async function start() {
        await null
        sleep(2).then(function slept() {})
        readFile(new URL(import.meta.url)).then(function read() {})
      }
      start()
    `,
    edges: `
      (module) program.mjs
      read < start
      slept < start
      start < (module) program.mjs
    `,
  },
  {
    title: 'then: what a callback has settled belongs to the callback',
    program: `
      function start() {
        setTimeout(function tick() { Promise.resolve().then(function one() {}).then(function two() {}).finally(function three() {}) }, 1)
      }
      start()
    `,
    edges: `
      (module) program.mjs
      one < tick
      three < tick
      tick < (module) program.mjs
      two < tick
    `,
  },
  {
    title: 'a signal that times out, and its listener',
    program: `
      async function start() {
        await null
        AbortSignal.timeout(2).addEventListener('abort', function aborted() { setImmediate(function after() {}) })
        setTimeout(function wait() {}, 20)
      }
      start()
    `,
    edges: `
      (module) program.mjs
      aborted < start
      after < aborted
      start < (module) program.mjs
      wait < start
    `,
  },
  {
    title: 'a server’s requests are roots, each with what it sets going; a client’s answers belong to who asked',
    program: `
      import http from 'node:http'
      const server = http.createServer(function handle(request, response) {
        setTimeout(function answer() { response.end('ok') }, 1)
      })
      async function ask() {
        await new Promise((resolve) => {
          http.get({ port: server.address().port, agent: false }, function answered(response) {
            response.on('data', function data() {}).on('end', resolve)
          })
        })
      }
      async function start() { await ask(); await ask(); server.close() }
      server.listen(0, function listening() { start() })
    `,
    edges: `
      (module) program.mjs
      GET /
      GET /
      GET localhost:port/ < ask
      GET localhost:port/ < ask
      answer < handle
      answer < handle
      answered < ask
      answered < ask
      ask < start
      ask < start
      data < answered
      data < answered
      handle < GET /
      handle < GET /
      listening < (module) program.mjs
      start < listening
    `,
  },
]

describe.each(NODES)('on $title', ({ path }) => {
  for (const name of readdirSync(FOLDER).sort()) {
    describe(name.replace('.txt', ''), () => {
      it.each(readShapes(new URL(name, FOLDER)))('$title', async ({ program, edges }) => {
        const trace = await recorded(path, program)
        // Ports are the system's to choose.
        expect(edgesOf(trace).map((edge) => edge.replace(/localhost:\d+/, 'localhost:port'))).toEqual(edges)
      })
    })
  }
})
