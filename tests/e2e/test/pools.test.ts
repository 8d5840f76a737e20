import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NODE_LANES } from './nodes.js'
import { trace, type TraceEvent } from './tracer.js'

const FOLDER = fileURLToPath(new URL('./fixtures/pools/', import.meta.url))

/** Names of threads, by their number. */
function threadNames(events: readonly TraceEvent[]): Map<number, string> {
  const named = events as readonly (TraceEvent & { readonly args?: { readonly name?: string } })[]
  return new Map(
    named.flatMap(({ ph, name, tid, args }) => (ph === 'M' && name === 'thread_name' ? [[tid, args?.name ?? '']] : [])),
  )
}

describe.each(NODE_LANES)('$title', ({ path }) => {
  const lane = it.runIf(path !== undefined)

  lane.each(['piscina.cjs', 'tinypool.mjs'])(
    'has all calls, workers and messages of a pool that is destroyed: %s',
    (program) => {
      const { stdout, exitCode, events } = trace(path ?? '', ['--exact', join(FOLDER, program)])
      expect(exitCode).toBe(0)
      const called = (name: string): readonly TraceEvent[] =>
        events.filter((event) => event.ph === 'X' && event.name === name)
      expect(called('step')).toHaveLength(Number(stdout))
      expect(called('task')).toHaveLength(40)

      const names = threadNames(events)
      expect([...names.values()].sort()).toEqual(['main', 'worker 1', 'worker 2'])
      // Of each that was given tasks, to it and back.
      const flows = (events as readonly (TraceEvent & { readonly id?: number })[]).filter(
        ({ ph }) => ph === 's' || ph === 'f',
      )
      const starts = new Map(flows.flatMap(({ ph, id, tid }) => (ph === 's' ? [[id, names.get(tid)] as const] : [])))
      const arrows = flows.flatMap(({ ph, id, tid }) => (ph === 'f' ? [`${starts.get(id)} -> ${names.get(tid)}`] : []))
      for (const worker of new Set(called('task').map(({ tid }) => names.get(tid)))) {
        expect(arrows).toContain(`main -> ${worker}`)
        expect(arrows).toContain(`${worker} -> main`)
      }
    },
  )
})
