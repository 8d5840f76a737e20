import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { NODE_LANES } from './nodes.js'
import { countByName, nestedSlices, outline } from './slices.js'
import { bare, trace } from './tracer.js'

const programs = fileURLToPath(new URL('./fixtures/', import.meta.url))

describe.each(NODE_LANES)('$title', ({ path }) => {
  const lane = it.runIf(path !== undefined)
  const node = path ?? ''

  lane.each(['fib.mjs', 'fib.cjs', 'fib.ts'])('%s gives 21,891 slices of fib, each inside its parent', (program) => {
    const { stdout, exitCode, summary, events } = trace(node, ['--exact', join(programs, program)])
    const slices = nestedSlices(events)
    expect({ stdout, exitCode }).toEqual({ stdout: '6765\n', exitCode: 0 })
    expect(countByName(slices)).toEqual({ fib: 21_891, [`(module) ${program}`]: 1 })
    expect(Math.max(...slices.map(({ depth }) => depth))).toBe(20)
    expect(summary).toMatchObject({ events: 21_892, dropped: 0, threads: 1, processes: 1, functionsInstrumented: 1 })
  })

  lane('a recursion that throws through five frames closes all five before anything else begins', () => {
    const slices = nestedSlices(trace(node, ['--exact', join(programs, 'unwinding.cjs')]).events)
    expect(outline(slices)).toBe(
      '(module) unwinding.cjs\n  fall\n    fall\n      fall\n        fall\n          fall\n  caught\n  after',
    )
    const caught = slices.find(({ name }) => name === 'caught')
    for (const { endNs } of slices.filter(({ name }) => name === 'fall')) {
      expect(endNs).toBeLessThanOrEqual(caught?.startNs ?? 0)
    }
  })

  lane('modules of both kinds, JSON, async code and a worker: same output, every function seen', () => {
    const program = join(programs, 'mixed/main.mjs')
    const { stdout, exitCode, summary, events } = trace(node, ['--exact', program])
    expect(bare(node, [program])).toMatchObject({ stdout, exitCode })
    expect(summary).toMatchObject({ dropped: 0, threads: 2, processes: 1, modulesSkipped: [] })
    expect(countByName(nestedSlices(events))).toMatchObject({
      '(module) data.cjs': 1,
      '(module) legacy.cjs': 1,
      '(module) worker.mjs': 1,
      'Stack.push': 3,
      'get size': 1,
      greet: 1,
      inner: 1,
      work: 10,
    })
  })

  lane('without --exact, trivial functions are left alone and counted, and all other calls are there', () => {
    const program = join(programs, 'mixed/main.mjs')
    const [exact, byDefault] = [trace(node, ['--exact', program]), trace(node, ['--overhead', '100', program])]
    expect(byDefault.stdout).toBe(exact.stdout)
    expect(exact.summary.functionsSkipped).toEqual({})
    expect(byDefault.summary.functionsSkipped).toEqual({ trivial: 3 })
    expect(byDefault.summary.functionsInstrumented).toBe(exact.summary.functionsInstrumented - 3)
    const trivial = { inner: 1, 'get size': 1, '(anonymous) main.mjs:44:26': 2 }
    const others = countByName(nestedSlices(byDefault.events))
    expect({ ...others, ...trivial }).toEqual(countByName(nestedSlices(exact.events)))
    for (const name of Object.keys(trivial)) expect(others).not.toHaveProperty([name])
  })

  lane('TypeScript that no Node.js runs by itself has the names and positions of its source', () => {
    const { stdout, exitCode, events } = trace(node, ['--exact', join(programs, 'typescript/main.ts')])
    expect({ stdout, exitCode }).toEqual({ stdout: 'Low 3 High 30\n', exitCode: 0 })
    const positions = new Set(events.filter(({ ph }) => ph === 'X').map(({ name, cat }) => `${name} ${cat}`))
    for (const place of ['describe main.ts:3:1', 'new Reading reading.ts:11:3', 'get level reading.ts:13:7']) {
      const [, name, position] = /^(.*) (\S+)$/.exec(place) ?? []
      expect([...positions]).toContainEqual(expect.stringMatching(new RegExp(`^${name} .*/${position}$`)))
    }
  })

  lane.each([
    ['decorated.ts', '6', { doubled: 1, 'new Service': 1, 'Service.add': 1 }],
    ['page.tsx', '<p>hello you</p>', { Page: 1, element: 1 }],
    ['strict.mts', '42', { ask: 1 }],
    ['legacy.cts', 'b', { last: 1 }],
  ])('%s is compiled where it has to be', (program, output, calls) => {
    const { stdout, stderr, events } = trace(node, ['--exact', join(programs, 'compiled', program)])
    expect(stdout, stderr).toBe(`${output}\n`)
    expect(countByName(nestedSlices(events))).toMatchObject(calls)
  })

  lane("what the program's own loader makes of TypeScript is traced with positions of the source", () => {
    const tsx = dirname(createRequire(import.meta.url).resolve('tsx/package.json'))
    const { stdout, events } = trace(node, ['--exact', join(tsx, 'dist/cli.mjs'), join(programs, 'typescript/main.ts')])
    expect(stdout).toBe('Low 3 High 30\n')
    const describeEvents = events.filter(({ ph, name }) => ph === 'X' && name === 'describe')
    expect(describeEvents).toHaveLength(2)
    expect(describeEvents[0].cat).toMatch(/typescript\/main\.ts:3:1$/)
  })
})
