import { generatedPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { Debuggee, type Pause, type Script } from './debuggee.js'
import { NODE_LANES } from './nodes.js'
import { countByName } from './slices.js'
import { TRACER, type BareRun, type TraceEvent } from './tracer.js'

const require = createRequire(import.meta.url)
const cwd = fileURLToPath(new URL('./fixtures/debugged/', import.meta.url))

describe.each(NODE_LANES)('$title', ({ path }) => {
  const lane = it.runIf(path !== undefined)
  const node = path ?? ''

  lane('breakpoints that are set by line stop there, where the variables of the program are seen', async () => {
    const { bare, traced, calls } = await bareAndTraced(node, ['main.mjs'], async (program) => {
      await program.send('Debugger.setBreakpointByUrl', { urlRegex: '.*/main\\.mjs', lineNumber: 3 })
      await program.send('Debugger.setBreakpointByUrl', { urlRegex: '.*/prices\\.cjs', lineNumber: 5 })
      await resumeFromStart(program)
      return [await stop(program, '[first, second]'), await stop(program, '[price, amount]')]
    })
    expect(traced).toEqual(bare)
    expect(traced.stops).toEqual([
      ['total', 'main.mjs', 4, [4, 4]],
      ['tax', 'prices.cjs', 6, [8, 2]],
    ])
    expect(calls).toMatchObject({ total: 1, tax: 1, add: 1 })
  })

  lane('a breakpoint in TypeScript that a loader prints on one line is found by the source map', async () => {
    const { bare, traced, calls } = await bareAndTraced(
      node,
      ['--import', require.resolve('tsx'), 'level.ts'],
      async (program) => {
        await program.send('Runtime.runIfWaitingForDebugger')
        await program.pause()
        const script = program.scripts.find(({ url }) => url.endsWith('/level.ts'))
        if (script === undefined) throw new Error('level.ts has not been loaded')
        const { line, column } = generatedPlace(script, { line: 12, column: 2 })
        const location = { scriptId: script.id, lineNumber: line - 1, columnNumber: column }
        await program.send('Debugger.setBreakpoint', { location })
        await program.send('Debugger.resume')
        return [await stop(program, '[reading.level, text]').then(([name, file, , values]) => [name, file, values])]
      },
    )
    expect(traced).toEqual(bare)
    expect(traced.stops).toEqual([['name', 'level.ts', [4, 'High']]])
    expect(calls).toMatchObject({ name: 1, '(module) level.ts': 1 })
  })
})

type Stop = readonly unknown[]

interface Debugged extends BareRun {
  readonly stops: readonly Stop[]
}

/** Debugs a program as it is, and traced. */
async function bareAndTraced(
  node: string,
  args: readonly string[],
  debug: (program: Debuggee) => Promise<Stop[]>,
): Promise<{ readonly bare: Debugged; readonly traced: Debugged; readonly calls: Readonly<Record<string, number>> }> {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-debugger-'))
  const output = join(folder, 'trace.json')
  const run = async (tracer: readonly string[]): Promise<Debugged> => {
    const program = await Debuggee.start(node, [...tracer, '--inspect-brk=0', ...args], { cwd })
    await program.send('Runtime.enable')
    await program.send('Debugger.enable')
    const stops = await debug(program)
    return { stops, ...(await program.end()) }
  }
  try {
    const bare = await run([])
    const traced = await run([TRACER, '--exact', '--quiet', '-o', output, node])
    const events = JSON.parse(readFileSync(output, 'utf8')) as TraceEvent[]
    return { bare, traced, calls: countByName(events.filter(({ ph }) => ph === 'X')) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The program stands still before its first statement. */
async function resumeFromStart(program: Debuggee): Promise<void> {
  await program.send('Runtime.runIfWaitingForDebugger')
  await program.pause()
  await program.send('Debugger.resume')
}

async function stop(program: Debuggee, expression: string): Promise<Stop> {
  const pause: Pause = await program.pause()
  if (!pause.isAtBreakpoint) throw new Error(`stopped at ${pause.file}:${pause.line} without a breakpoint`)
  const values = await program.evaluate(expression, pause)
  await program.send('Debugger.resume')
  return [pause.functionName, pause.file, pause.line, values]
}

/** What a debugger does with a place in the source: asks the script's map where it runs. */
function generatedPlace(
  { sourceMapUrl }: Script,
  { line, column }: { readonly line: number; readonly column: number },
): { readonly line: number; readonly column: number } {
  const json = Buffer.from(sourceMapUrl.slice(sourceMapUrl.indexOf(',') + 1), 'base64').toString()
  const map = new TraceMap(json)
  const place = generatedPositionFor(map, { source: map.sources[0] ?? '', line, column })
  if (place.line === null) throw new Error(`${line}:${column} is not in the map`)
  return place
}
