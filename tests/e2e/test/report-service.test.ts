import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { HOOK_LANES } from './nodes.js'
import { countByName } from './slices.js'
import { trace, type TracedRun, type TraceEvent } from './tracer.js'

const cwd = fileURLToPath(new URL('../../../examples/report-service/', import.meta.url))
const REQUESTS = 36
const FORECASTS = 18

describe.each(HOOK_LANES)('the example with workers and children, $title', ({ path }) => {
  const lane = it.runIf(path !== undefined)
  let run: TracedRun
  let threads: Threads
  beforeAll(() => {
    if (path === undefined) return
    run = trace(path, ['--async', '--propagate', 'src/main.ts'], { cwd })
    threads = new Threads(run.events)
  }, 120_000)

  lane('answers as its visitors expect', () => {
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toMatch(/^Reports at http:\S+\n32 times 200, 4 times 404\n$/)
  })

  lane('has a thread for each worker of the pool, a process for each child, and nothing was lost', () => {
    expect(threads.names()).toEqual([
      'main.ts/forecaster 1',
      'main.ts/forecaster 2',
      'main.ts/main',
      'statement.ts/main',
      'statement.ts/main',
      'visitors.ts/main',
    ])
    expect(run.summary).toMatchObject({ processes: 4, threads: 6, dropped: 0, modulesSkipped: [] })
  })

  lane('has each request where it was sent and where it was answered, with an arrow between', () => {
    const begun = run.events.filter(({ ph, args }) => ph === 'b' && args?.['spanId'] !== undefined)
    const answered = begun.filter(({ args }) => args?.['parentId'] !== undefined)
    expect(answered.map((event) => threads.nameOf(event))).toEqual(Array(REQUESTS).fill('main.ts/main'))
    expect(begun).toHaveLength(2 * REQUESTS)
    expect(threads.arrows()).toMatchObject({ 'visitors.ts/main -> main.ts/main': REQUESTS })
  })

  lane('has an arrow to a worker and one back for each task, and both workers had some', () => {
    const arrows = threads.arrows()
    const tasks = ['forecaster 1', 'forecaster 2'].map((worker) => {
      // The first leads from its `new Worker` to its start.
      const there = (arrows[`main.ts/main -> main.ts/${worker}`] ?? 0) - 1
      expect(there).toBeGreaterThan(0)
      expect(arrows[`main.ts/${worker} -> main.ts/main`]).toBe(there)
      const work = run.events.filter((event) => event.ph === 'X' && event.name === 'forecast')
      expect(work.filter((event) => threads.nameOf(event) === `main.ts/${worker}`)).toHaveLength(there)
      return there
    })
    expect(tasks[0] + tasks[1]).toBe(FORECASTS)
  })

  lane('has a span for each child with its command and exit code, and an arrow to its start', () => {
    const children = run.events.flatMap(({ args }) => {
      const { command, exitCode } = args ?? {}
      return typeof command === 'string'
        ? [`${command.replace(/^.*src\/|http:.*/g, '').trim()}: ${String(exitCode)}`]
        : []
    })
    expect(children.sort()).toEqual(['statement.ts 12: 3', 'statement.ts 5: 0', 'visitors.ts: 0'])
    expect(threads.arrows()).toMatchObject({
      'main.ts/main -> statement.ts/main': 2,
      'main.ts/main -> visitors.ts/main': 1,
    })
  })

  lane('says where the event loop was blocked, and by what', () => {
    const blocked = run.events.filter(({ ph, name }) => ph === 'i' && name === 'event loop blocked')
    const ofMain = blocked.filter((event) => threads.nameOf(event) === 'main.ts/main')
    expect(ofMain.map(({ args }) => String(args?.['stack']))).toContainEqual(
      expect.stringMatching(/Router\.handle \S+,logIn \S+,hashPassword \S+passwords\.ts:/),
    )
  })
})

/** Threads of a file by the names that viewers show. */
class Threads {
  readonly #events: readonly TraceEvent[]
  readonly #processes = new Map<number, string>()
  readonly #threads = new Map<number, string>()

  constructor(events: readonly TraceEvent[]) {
    this.#events = events
    for (const { name, pid, tid, args } of events) {
      if (name === 'process_name') this.#processes.set(pid, String(args?.['name']))
      if (name === 'thread_name') this.#threads.set(tid, `${this.#processes.get(pid)}/${String(args?.['name'])}`)
    }
  }

  names(): string[] {
    return [...this.#threads.values()].sort()
  }

  nameOf({ tid }: TraceEvent): string | undefined {
    return this.#threads.get(tid)
  }

  /** How many arrows lead from which thread to which other one. */
  arrows(): Record<string, number> {
    const from = new Map(this.#events.filter(({ ph }) => ph === 's').map((event) => [event.id, this.nameOf(event)]))
    const names = this.#events
      .filter(({ ph }) => ph === 'f')
      .map((event) => ({ from: from.get(event.id), to: this.nameOf(event) }))
      .filter((arrow) => arrow.from !== arrow.to)
      .map((arrow) => ({ name: `${arrow.from} -> ${arrow.to}` }))
    return countByName(names)
  }
}
