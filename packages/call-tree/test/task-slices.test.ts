import { describe, expect, it } from 'vitest'
import { callTree, slicesOfTasks, type Tasks } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { formattedTree, text } from './formatted.js'

// Two requests take turns on one thread, and one of them has work done on another.
const trace = drawnTrace(`
  thread main
  handle 0-10 #1.0
    parse 2-5
  handle 10-20 #2.0
    parse 12-13
  handle 30-34 #1.1
    query 31-33 #3.0
  other 35-40
  query 40-44 #3.1
    parse 41-42
  handle 50-57 #2.1
  thread worker
  work 20-30
    parse 21-24
  work 40-41
`)

describe('slicesOfTasks', () => {
  it('has all runs of the tasks, and what these called, on all threads', () => {
    const tasks = tasksAt([0, 'handle', 0], [0, 'query', 31], [1, 'work', 20])
    expect(formattedTree(trace, callTree(trace, { slices: slicesOfTasks(trace, tasks) }))).toBe(
      text(`
        handle 1x/2 self 9 total 14
          parse 1x self 3 total 3
          query 1x self 2 total 2
        work 1x self 7 total 10
          parse 1x self 3 total 3
        query 0x/1 self 3 total 4
          parse 1x self 1 total 1
      `),
    )
  })

  it('has nothing of none', () => {
    expect(callTree(trace, { slices: slicesOfTasks(trace, tasksAt()) }).length).toBe(0)
  })
})

/** Tasks by track, name and start. */
function tasksAt(...starts: readonly (readonly [track: number, name: string, startNs: number])[]): Tasks {
  const slices = starts.map(([index, name, startNs]) => {
    const track = trace.tracks[index]
    if (track.kind === 'counter') throw new Error('A counter has no slices')
    const { site, startNs: all } = track.slices
    return Array.from(all).findIndex((start, slice) => start === startNs && trace.sites[site[slice]].name === name)
  })
  return {
    length: starts.length,
    track: Int32Array.from(starts, ([track]) => track),
    slice: Int32Array.from(slices),
  }
}
