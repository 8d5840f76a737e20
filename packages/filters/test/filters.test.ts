import { filterTrace, TraceBuilder, type EventFilter, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import {
  and,
  byFile,
  byName,
  byPackage,
  inRange,
  maxDepth,
  maxDuration,
  minDuration,
  not,
  onThreads,
  or,
  traceWithin,
} from '../src/index.js'

const SLICES = [
  ['main', '/shop/src/app.ts', 0, 100],
  ['Store.add', '/shop/src/db/store.ts', 10, 30],
  ['render', '/shop/node_modules/eta/eta.js', 40, 90],
  ['Store.find', '/shop/src/db/store.ts', 50, 60],
  ['log', '/shop/lib/log.ts', 70, 70],
] as const

const trace = sample()

const kept: Record<string, { filter: EventFilter; names: string }> = {
  'a name': { filter: byName('render'), names: 'render' },
  'names with anything in them': { filter: byName('Store.*'), names: 'Store.add Store.find' },
  'a dot in a name for a dot': { filter: byName('m.in'), names: '' },
  'names that an expression finds': { filter: byName(/^(log|main)$/), names: 'main log' },
  'a folder': { filter: byFile('src'), names: 'main Store.add Store.find' },
  'a folder with a slash': { filter: byFile('./src/db/'), names: 'Store.add Store.find' },
  'files in any folder': { filter: byFile('*.ts'), names: 'main Store.add Store.find log' },
  'files in one folder': { filter: byFile('src/*.ts'), names: 'main' },
  'files below a folder': { filter: byFile('src/**/*.ts'), names: 'main Store.add Store.find' },
  'one of several': { filter: byFile('{src/app,lib/log}.ts'), names: 'main log' },
  'one letter': { filter: byFile('l?g.ts'), names: 'log' },
  'the whole path': { filter: byFile('/shop/lib/log.ts'), names: 'log' },
  'no part of a name': { filter: byFile('rc'), names: '' },
  'no path from elsewhere': { filter: byFile('/src'), names: '' },
  'paths that an expression finds': { filter: byFile(/store/), names: 'Store.add Store.find' },
  'a package': { filter: byPackage('eta'), names: 'render' },
  'own code and a package': { filter: byPackage('(app)', 'eta'), names: 'main Store.add render Store.find log' },
  'long slices': { filter: minDuration(20), names: 'main Store.add render' },
  'short slices': { filter: maxDuration(20), names: 'Store.add Store.find log' },
  'outer levels': { filter: maxDepth(2), names: 'main Store.add render' },
  'a range': { filter: inRange(60, 70), names: 'main render' },
  'a range and what begins with it': { filter: inRange(70, 71), names: 'main render log' },
  'a thread': { filter: onThreads(trace, [1]), names: 'work' },
  'what all keep': { filter: and(byFile('src'), minDuration(20)), names: 'main Store.add' },
  'what any keeps': { filter: or(byName('log'), byName('render')), names: 'render log' },
  'what another does not': { filter: not(byFile('src')), names: 'render log work' },
  'everything by all of none': { filter: and(), names: 'main Store.add render Store.find log work' },
  'nothing by any of none': { filter: or(), names: '' },
}

describe('a filter keeps', () => {
  it.each(Object.entries(kept))('%s', (_, { filter, names }) => {
    const wanted = names === '' ? [] : names.split(' ')
    // The other thread runs work all the time, which most of these do not ask about.
    const asked = wanted.includes('work') ? filter : and(filter, not(byName('work')))
    expect(namesIn(filterTrace(trace, asked))).toEqual(wanted)
  })

  it('what its id says', () => {
    expect(and(byName('a*'), not(or(byFile('src'), minDuration(5)))).id).toBe(
      '(name a* and not (file src or at least 5 ns))',
    )
  })

  it('files of another system', () => {
    const site = { kind: 'function', name: 'f', file: 'C:\\shop\\src\\app.ts', line: 1, column: 1 } as const
    const { slices } = trace.tracks.find((track) => track.kind === 'thread') ?? expect.fail('no thread')
    expect(byFile('src/*.ts').keeps(site, slices, 0)).toBe(true)
  })
})

describe('traceWithin', () => {
  it('keeps what ran and happened between two moments', () => {
    const { tracks, unrecorded } = traceWithin(trace, 50, 70)
    expect(namesIn({ ...trace, tracks })).toEqual(['main', 'render', 'Store.find', 'work'])
    const [main] = tracks
    if (main.kind !== 'thread') expect.fail('no thread')
    expect([...main.instants.timeNs]).toEqual([55])
    expect([...main.instants.args]).toEqual([[0, '{"n":2}']])
    const counter = tracks.find((track) => track.kind === 'counter')
    expect([...(counter?.samples.timeNs ?? [])]).toEqual([50, 60])
    expect([...(counter?.samples.value ?? [])]).toEqual([2, 3])
    expect(unrecorded.length).toBe(0)
  })
})

function sample(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const site = (name: string, file: string): number =>
    builder.addSite({ kind: 'function', name, file, line: 1, column: 1 })
  const main = builder.addThread({ process, tid: 1, name: 'main' })
  for (const [name, file, startNs, endNs] of SLICES) builder.addSlice(main, site(name, file), startNs, endNs)
  const moment = builder.addSite({ kind: 'instant', name: 'moment', file: '', line: 0, column: 0 })
  builder.addInstant(main, moment, 20, '{"n":1}')
  builder.addInstant(main, moment, 55, '{"n":2}')
  for (const [index, timeNs] of [10, 50, 60, 70].entries()) {
    builder.addSample(main, 'queue', 'length', timeNs, index + 1)
  }
  builder.addUnrecorded(main, site('log', '/shop/lib/log.ts'), 5, 50)
  const worker = builder.addThread({ process, tid: 2, name: 'worker' })
  builder.addSlice(worker, site('work', '/shop/worker/work.ts'), 0, 100)
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

function namesIn({ tracks, sites }: Pick<Trace, 'tracks' | 'sites'>): string[] {
  return tracks.flatMap((track) =>
    track.kind === 'counter' ? [] : Array.from(track.slices.site, (site) => sites[site].name),
  )
}
