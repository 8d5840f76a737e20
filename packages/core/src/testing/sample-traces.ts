import { namedSite } from '../named-sites.js'
import type { Site } from '../site.js'
import { TraceBuilder } from '../trace-builder.js'
import type { Trace } from '../trace.js'
import type { SiteIndex, ThreadIndex } from '../units.js'

/** A trace that a serializer has to cope with, and what is particular about it. */
export interface SampleTrace {
  readonly name: string
  readonly trace: Trace
}

/** Traces with everything that a format may stumble over; always the same ones. */
export function sampleTraces(): readonly SampleTrace[] {
  return SAMPLES.map(([name, fill]) => ({ name, trace: built(fill) }))
}

const SAMPLES: readonly (readonly [name: string, fill: (draft: Draft) => void])[] = [
  ['no thread', () => {}],
  ['a thread without slices', (draft) => void draft.thread()],
  [
    'nested calls',
    (draft) => {
      const main = draft.thread()
      draft.slices(main, [0, 1000, 'run'], [10, 400, 'load'], [20, 30, 'read'], [500, 900, 'load'])
    },
  ],
  [
    'slices of no length, and slices that start and end together',
    (draft) => {
      const main = draft.thread()
      draft.slices(main, [5, 5, 'a'], [5, 5, 'b'], [5, 90, 'c'], [5, 90, 'd'], [5, 5, 'e'], [90, 90, 'f'])
    },
  ],
  [
    'a recursion of 600 levels',
    (draft) => {
      const main = draft.thread()
      for (let level = 0; level < 600; level++) draft.slices(main, [level, 2000 - level, 'descend'])
    },
  ],
  [
    'names of all kinds',
    (draft) => {
      const main = draft.thread('main;1 "x"\n')
      ODD_NAMES.forEach((name, i) => {
        draft.slices(main, [i * 10, i * 10 + 7, name])
        draft.builder.addInstant(main, draft.builder.addSite(namedSite('instant', name)), i * 10 + 3)
        draft.builder.addSample(main, name, 'n', i * 10 + 4, i)
      })
    },
  ],
  [
    'functions of one name in different places',
    (draft) => {
      const main = draft.thread()
      for (const [line, column] of [
        [1, 1],
        [1, 20],
        [7, 0],
        [0, 0],
      ]) {
        const site = draft.builder.addSite({ kind: 'function', name: 'get', file: '/srv/a.ts', line, column })
        draft.builder.addSlice(main, site, line * 100 + column, line * 100 + column + 9)
      }
    },
  ],
  [
    'arguments',
    (draft) => {
      const main = draft.thread()
      const [site] = draft.slices(main, [0, 10, 'call'])
      ODD_ARGUMENTS.forEach((args, i) => {
        draft.builder.setArgs(main, draft.builder.addSlice(main, site, 20 * i + 20, 20 * i + 30), args)
      })
      draft.builder.addInstant(main, draft.builder.addSite(namedSite('instant', 'moment')), 12, '{"key":"value"}')
    },
  ],
  [
    'activations that suspend and resume',
    (draft) => {
      const main = draft.thread()
      const site = draft.function('wait')
      for (const [activation, run, start] of [
        [1, 0, 0],
        [2, 0, 20],
        [1, 1, 40],
        [2, 1, 60],
        [1, 2, 80],
      ]) {
        const position = draft.builder.addSlice(main, site, start, start + 10)
        draft.builder.setActivation(main, position, activation, run)
      }
    },
  ],
  [
    'slices that were cut off by the end',
    (draft) => {
      const main = draft.thread()
      draft.slices(main, [0, NaN, 'main'], [10, 20, 'done'], [30, NaN, 'stuck'])
    },
  ],
  [
    'counters, instants and async slices',
    (draft) => {
      const main = draft.thread()
      draft.slices(main, [0, 100, 'run'])
      const values = [0, -1.5, 1e300, 2 ** 53, NaN, Infinity, -Infinity]
      values.forEach((value, i) => {
        draft.builder.addSample(main, 'memory', i % 2 === 0 ? 'used' : 'free', i * 10, value)
      })
      const request = draft.builder.addSite(namedSite('async-span', 'request'))
      draft.builder.addAsyncSlice(main, request, 0, 60, '{"id":1}')
      draft.builder.addAsyncSlice(main, request, 20, 80)
      draft.builder.addAsyncSlice(main, request, 40, NaN)
    },
  ],
  [
    'turns of an event loop',
    (draft) => {
      const main = draft.thread()
      draft.slices(main, [5, 60, 'run'], [70, 80, 'answer'], [300, NaN, 'hang'])
      const turn = draft.builder.addSite(namedSite('turn', 'Event loop'))
      draft.builder.addAsyncSlice(main, turn, 0, 62)
      draft.builder.addAsyncSlice(main, turn, 62, 81, '{"turns":3}')
      draft.builder.addAsyncSlice(main, turn, 300, NaN, undefined, true)
      draft.builder.addSample(main, 'event loop utilization', '%', 0, 94.4)
    },
  ],
  [
    'garbage collections, one within another',
    (draft) => {
      const main = draft.thread()
      draft.slices(main, [0, 100, 'run'])
      const [major, weak] = ['major collection', 'weak callbacks'].map((name) =>
        draft.builder.addSite(namedSite('collection', name)),
      )
      const args = '{"forced":true,"usedBytesBefore":9060112,"usedBytesAfter":7554808}'
      draft.builder.addAsyncSlice(main, major, 10, 40, args, false, 'Garbage collection')
      draft.builder.addAsyncSlice(main, weak, 20, 30, undefined, false, 'Garbage collection')
      draft.builder.addSample(main, 'used heap', 'MB', 10, 9.060112)
    },
  ],
  [
    'flows between threads',
    (draft) => {
      const [main, worker] = [draft.thread(), draft.thread('worker')]
      draft.slices(main, [0, 100, 'send'], [200, 300, 'receive'])
      draft.slices(worker, [50, 250, 'answer'], [60, 70, 'parse'])
      draft.builder.addFlow('ask', main, 40)
      draft.builder.addFlow('ask', worker, 65)
      draft.builder.addFlow('reply', worker, 220)
      draft.builder.addFlow('reply', main, 240)
    },
  ],
  [
    'processes and threads with large numbers, and records that were lost',
    (draft) => {
      const other = draft.builder.addProcess({ pid: 4_294_967_295, name: 'child', commandLine: ['node', 'a b.js', ''] })
      for (const tid of [1, 2 ** 32, 2 ** 40 + 1]) {
        const thread = draft.builder.addThread({ process: other, tid, name: `thread ${tid}` })
        draft.slices(thread, [tid % 97, (tid % 97) + 5, 'work'])
        draft.builder.addDrop(thread, { count: 7, startNs: 100, endNs: 200 })
        draft.builder.setIncomplete(thread)
      }
    },
  ],
  [
    'processes and how they ended',
    (draft) => {
      const ends = [{ exitCode: 0 }, { exitCode: 255 }, { exitCode: -1 }, { signal: 'SIGKILL' }, {}]
      ends.forEach((end, i) => {
        const process = draft.builder.addProcess({ pid: 5000 + i, name: 'child', commandLine: ['node', 'child.js'] })
        const thread = draft.builder.addThread({ process, tid: 5000 + i, name: 'main' })
        draft.slices(thread, [i, i + 5, 'work'])
        draft.builder.setProcessEnd(process, end)
      })
    },
  ],
  [
    'calls that are in no slice',
    (draft) => {
      const main = draft.thread()
      const [site] = draft.slices(main, [0, 100, 'seen'])
      draft.builder.addUnrecorded(main, site, 1_000_000, 12_345)
      draft.builder.addUnrecorded(main, draft.function('unseen'), 3, 0)
    },
  ],
  [
    'source texts',
    (draft) => {
      draft.slices(draft.thread(), [0, 100, 'run'])
      draft.builder.addSource('/srv/app.js', 'function run() {\n  return "ü\u2028"\n}\n')
      draft.builder.addSource('__proto__', '')
    },
  ],
]

const ODD_NAMES: readonly string[] = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'Profile',
  'a;b;c 12',
  'quote " backslash \\ slash /',
  'line\nfeed\ttab\u0000null',
  'größer 漢字 🎉',
  '<script>alert(1)</script>',
  '(anonymous) app.ts:12:8',
  'x'.repeat(100_000),
]

const ODD_ARGUMENTS: readonly string[] = [
  '{}',
  '{"n":1,"negative":-0.5,"large":1e300,"text":"ü \\" \\n","none":null,"yes":true}',
  '{"nested":{"list":[1,[2,{"deep":[]}]]}}',
  '{"__proto__":1,"constructor":2}',
]

/** The one process that samples have, and shorter ways to fill it. */
class Draft {
  readonly builder = new TraceBuilder()
  #threads = 0
  readonly #process = this.builder.addProcess({ pid: 4711, name: 'sample', commandLine: ['node', 'sample.js'] })

  thread(name = 'main'): ThreadIndex {
    return this.builder.addThread({ process: this.#process, tid: 4711 + this.#threads++, name })
  }

  function(name: string): SiteIndex {
    const site: Site = { kind: 'function', name, file: '/srv/sample.ts', line: 3, column: 5 }
    return this.builder.addSite(site)
  }

  /** Adds slices as start, end and name of a function; returns their sites. */
  slices(thread: ThreadIndex, ...rows: readonly (readonly [number, number, string])[]): SiteIndex[] {
    return rows.map(([start, end, name]) => {
      const site = this.function(name)
      this.builder.addSlice(thread, site, start, end)
      return site
    })
  }
}

function built(fill: (draft: Draft) => void): Trace {
  const draft = new Draft()
  fill(draft)
  return draft.builder.build({
    producer: 'tracer sample',
    clock: 'portable',
    originNs: 123_456_789,
    originEpochMs: 1_790_000_000_000,
    overheadNs: 70,
    overheadInsideNs: 40,
    checkNs: 4,
    tickNs: 100_000,
    hostName: 'größer-1.example',
    bootId: '7c2a4e1f-0b7d-4d5e-9f0a-1b2c3d4e5f60',
  })
}
