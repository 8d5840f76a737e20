import { describe, expect, test } from 'vitest'
import { hitTest } from '../src/hit-test.js'
import { NO_CHANGES, rowAt, rowsBetween } from '../src/layout.js'
import { TimelineModel } from '../src/model.js'
import { causeOf, effectOf } from '../src/nearby-slices.js'
import type { Selection } from '../src/selection.js'
import { spoken } from '../src/spoken.js'
import { timeRangeOf } from '../src/time-range-of.js'
import type { TrackNode } from '../src/track-tree.js'
import { sketch, SERVICE } from './sketch.js'

function modelOf(text: string, traces = 1): TimelineModel {
  const model = new TimelineModel()
  model.width = 1000
  model.height = 400
  model.show(
    Array.from({ length: traces }, () => sketch(text)),
    [],
  )
  return model
}

/** The rows as they are shown, with what is known of each. */
function shown({ layout }: TimelineModel): string[] {
  return layout.rows.map(({ node, indent, levels, isCollapsed }) => {
    const rest = [levels > 0 ? `${levels} levels` : '', isCollapsed ? 'folded' : ''].filter((part) => part !== '')
    return `${'  '.repeat(indent)}${node.kind} ${node.name}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}`
  })
}

function find(model: TimelineModel, name: string): TrackNode {
  const all = (nodes: readonly TrackNode[]): TrackNode[] => nodes.flatMap((node) => [node, ...all(node.children)])
  const found = all(model.tree).find((node) => node.name === name)
  if (found === undefined) throw new Error(`No row ${name}`)
  return found
}

/** The selection of the nth slice with a name. */
function sliceNamed(model: TimelineModel, name: string, nth = 0): Selection & { kind: 'slice' } {
  const [trace] = model.traces
  const found = trace.tracks.flatMap((track, at) =>
    track.kind === 'counter'
      ? []
      : [...track.slices.site].flatMap((site, slice) =>
          trace.sites[site].name === name ? [{ track: at, slice }] : [],
        ),
  )
  return { kind: 'slice', trace: 0, ...found[nth] }
}

describe('the rows', () => {
  test('are processes, their threads with the main one first, and below each its loop, spans and counters', () => {
    expect(shown(modelOf(SERVICE))).toEqual([
      'process app',
      '  thread main (2 levels)',
      '    async GC (1 levels)',
      '    async GET (2 levels)',
      '    counter heap · used',
      '  thread pool (2 levels)',
      'process child',
      '  thread main (1 levels)',
    ])
  })

  test('stand below a row for each trace when there are several', () => {
    const rows = shown(modelOf('process a 1\nthread main 1\nrun 0-1', 2))
    expect(rows).toEqual([
      'trace Trace 1',
      '  process a',
      '    thread main (1 levels)',
      'trace Trace 2',
      '  process a',
      '    thread main (1 levels)',
    ])
  })

  test('lie below each other without gaps', () => {
    const { rows, height } = modelOf(SERVICE).layout
    let top = 0
    for (const row of rows) {
      expect(row.top).toBe(top)
      top += row.height
    }
    expect(height).toBe(top)
  })

  test('know their place among those with the same parent', () => {
    const model = modelOf(SERVICE)
    model.setState({ ...NO_CHANGES, filter: 'main' })
    const places = model.layout.rows.map(({ node, place, siblings }) => `${node.name} ${place}/${siblings}`)
    expect(places).toEqual(['app 1/2', 'main 1/1', 'GC 1/3', 'GET 2/3', 'heap · used 3/3', 'child 2/2', 'main 1/1'])
  })

  test('of a folded group are gone', () => {
    const model = modelOf(SERVICE)
    model.toggle(find(model, 'app'))
    expect(shown(model)).toEqual(['process app (folded)', 'process child', '  thread main (1 levels)'])
    model.toggle(find(model, 'app'))
    expect(shown(model)).toHaveLength(8)
  })

  test('are filtered by name, with what is above and below', () => {
    const model = modelOf(SERVICE)
    model.setState({ ...NO_CHANGES, filter: 'get' })
    expect(shown(model).map((row) => row.trim())).toEqual([
      'process app',
      'thread main (2 levels)',
      'async GET (2 levels)',
    ])
    model.setState({ ...NO_CHANGES, filter: 'pid 8' })
    expect(shown(model).map((row) => row.trim())).toEqual(['process child', 'thread main (1 levels)'])
    model.setState({ ...NO_CHANGES, filter: 'nothing' })
    expect(shown(model)).toEqual([])
  })

  test('are moved before each other, and stay with their parent', () => {
    const model = modelOf(SERVICE)
    model.move(find(model, 'pool'), find(model, 'main'))
    expect(
      shown(model)
        .slice(0, 4)
        .map((row) => row.trim()),
    ).toEqual(['process app', 'thread pool (2 levels)', 'thread main (2 levels)', 'async GC (1 levels)'])
    model.move(find(model, 'app'), undefined)
    expect(shown(model)[0]).toBe('process child')
  })

  test('stay at the top when they are pinned', () => {
    const model = modelOf(SERVICE)
    model.pin(find(model, 'pool'))
    expect(model.layout.pinned.map(({ node }) => node.name)).toEqual(['pool'])
    expect(model.layout.pinnedHeight).toBe(model.layout.pinned[0].height)
    model.pin(find(model, 'pool'))
    expect(model.layout.pinnedHeight).toBe(0)
  })

  test('are found by height', () => {
    const { rows, height } = modelOf(SERVICE).layout
    for (let y = 0; y < height; y++) {
      const at = rowAt(rows, y)
      expect(rows[at].top <= y && y < rows[at].top + rows[at].height).toBe(true)
    }
    const { from, to } = rowsBetween(rows, 30, 60)
    expect(
      rows
        .map((row, at) => [at, row.top < 60 && row.top + row.height > 30])
        .filter(([, isIn]) => isIn)
        .map(([at]) => at),
    ).toEqual(Array.from({ length: to - from }, (_, at) => from + at))
  })

  test('keep their keys apart when processes have one pid', () => {
    const model = modelOf('process a 1\nthread main 1\nrun 0-1\nprocess b 1\nthread main 1\nrun 0-1')
    const keys = model.layout.rows.map(({ node }) => node.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('a point of the rows', () => {
  test('meets the slice that is drawn there', () => {
    const model = modelOf(SERVICE)
    model.setView({ fromNs: 0, toNs: 100 })
    const main = model.layout.rows.find(({ node }) => node.name === 'main')
    if (main === undefined) throw new Error('no row')
    const { view, width } = model
    for (let x = 0; x < width; x += 3) {
      const timeNs = view.fromNs + (x / width) * (view.toNs - view.fromNs)
      const expected = ['boot', 'serve', 'wait']
        .flatMap((name) => [0, 1].map((nth) => sliceNamed(model, name, nth)).filter(({ slice }) => slice !== undefined))
        .find((selection) => {
          const { fromNs, toNs } = timeRangeOf(model.traces, selection)
          return timeNs >= fromNs - 0.35 && timeNs <= toNs + 0.35
        })
      const found = hitTest(model, x, main.top + main.levelsTop + 9)
      expect(found).toEqual(expected)
    }
  })

  test('meets a slice too small to be seen from three pixels away', () => {
    const model = modelOf('process a 1\nthread main 1\nrun 0-1\nrun 500000-500001\nrun 1000000-1000001')
    const main = model.layout.rows[1]
    const y = main.top + main.levelsTop + 5
    const x = (500_000 / 1e6) * (1000 / 1.02) + 1000 * (0.01 / 1.02)
    expect(hitTest(model, x + 2.5, y)).toMatchObject({ kind: 'slice', slice: 1 })
    expect(hitTest(model, x + 8, y)).toBeUndefined()
  })

  test('meets instants and samples', () => {
    const model = modelOf(SERVICE)
    model.setView({ fromNs: 0, toNs: 100 })
    const xAt = (ns: number): number => ((ns - model.view.fromNs) / (model.view.toNs - model.view.fromNs)) * 1000
    const [, main] = model.layout.rows
    expect(hitTest(model, xAt(35) + 3, main.top + 10)).toMatchObject({ kind: 'instant', instant: 0 })
    expect(hitTest(model, xAt(45), main.top + 10)).toBeUndefined()
    const counter = model.layout.rows[4]
    expect(hitTest(model, xAt(29), counter.top + 10)).toMatchObject({ kind: 'sample', sample: 0 })
    expect(hitTest(model, xAt(31), counter.top + 10)).toMatchObject({ kind: 'sample', sample: 1 })
    expect(hitTest(model, xAt(5), counter.top + 10)).toBeUndefined()
  })

  test('meets the pinned row rather than the one below it', () => {
    const model = modelOf(SERVICE)
    model.pin(find(model, 'pool'))
    model.setView({ fromNs: 0, toNs: 100 })
    expect(hitTest(model, 250, 10)).toEqual(sliceNamed(model, 'job'))
  })
})

describe('a selection', () => {
  test('that is not in the trace is none', () => {
    const model = modelOf(SERVICE)
    for (const slice of [-1, 0.5, 99, NaN]) {
      model.select({ kind: 'slice', trace: 0, track: 0, slice })
      expect(model.selection).toBeUndefined()
    }
    model.select({ kind: 'sample', trace: 0, track: 0, sample: 0 })
    expect(model.selection).toBeUndefined()
    model.select({ kind: 'slice', trace: 3, track: 0, slice: 0 })
    expect(model.selection).toBeUndefined()
  })

  test('is unfolded and scrolled to', () => {
    const model = modelOf(SERVICE)
    model.height = 60
    const run = sliceNamed(model, 'run')
    model.setState({ ...NO_CHANGES, collapsed: ['process 8'] })
    model.reveal(run)
    expect(model.state.collapsed).toEqual([])
    const row = model.layout.rows[7]
    expect(row.top + row.levelsTop - model.scrollTop).toBeLessThan(60)
  })

  test('leads along flows to cause and effect, also from within a slice', () => {
    const model = modelOf(SERVICE)
    const [trace] = model.traces
    const [read, job, pack] = ['read', 'job', 'pack'].map((name) => sliceNamed(model, name))
    expect(effectOf(trace, read)).toEqual({ track: job.track, slice: job.slice })
    expect(causeOf(trace, job)).toEqual({ track: read.track, slice: read.slice })
    expect(causeOf(trace, pack)).toEqual({ track: read.track, slice: read.slice })
    expect(causeOf(trace, read)).toBeUndefined()
  })

  test('leads from run to run of an activation', () => {
    const model = modelOf(SERVICE)
    const [first, second] = [sliceNamed(model, 'wait', 0), sliceNamed(model, 'wait', 1)]
    expect(effectOf(model.traces[0], first)).toEqual({ track: second.track, slice: second.slice })
    expect(causeOf(model.traces[0], second)).toEqual({ track: first.track, slice: first.slice })
    model.select(first)
    expect(model.links).toMatchObject([{ isRun: true, fromNs: 72, toNs: 80 }])
  })

  test('is said in words', () => {
    const model = modelOf(SERVICE)
    const say = (selection: Selection | undefined): string => spoken(model.traces, selection)
    expect(say(sliceNamed(model, 'parse'))).toBe('parse, 8 ns from 22 ns, level 2, thread main, app.ts:1')
    expect(say(sliceNamed(model, 'wait', 1))).toBe('wait, resumed, 4 ns from 80 ns, level 1, thread main, app.ts:1')
    expect(say(sliceNamed(model, 'GET'))).toBe('GET, 20 ns from 5 ns, in GET, thread main, app.ts:1')
    const { track } = sliceNamed(model, 'boot')
    expect(say({ kind: 'instant', trace: 0, track, instant: 0 })).toBe('Instant timeout, at 35 ns, thread main')
    const counter = model.traces[0].tracks.findIndex(({ kind }) => kind === 'counter')
    expect(say({ kind: 'sample', trace: 0, track: counter, sample: 1 })).toBe(
      'Counter heap used, 9 from 30 ns, thread main',
    )
    expect(say(undefined)).toBe('Nothing is selected')
  })
})
