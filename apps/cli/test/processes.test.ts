import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { record } from './recorded.js'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

/** A program that calls `work` as often as its first argument says, and says so. */
const CHILD = `
let calls = 0
function work() { calls++; return [calls].map(String) }
for (let i = 0; i < Number(process.argv[2]); i++) work()
if (process.argv[3] !== undefined) process.exitCode = Number(process.argv[3])
`

interface Info {
  readonly processes: readonly {
    pid: number
    name: string
    commandLine: string[]
    exitCode?: number
    signal?: string
  }[]
  readonly asyncSlices: number
  readonly flows: number
}

async function infoOf(folder: string): Promise<Info> {
  return JSON.parse((await tracer(['info', 'trace.json', '--json'], { cwd: folder })).stdout) as Info
}

interface TraceEvent {
  readonly ph: string
  readonly name: string
  readonly pid: number
  readonly args?: Readonly<Record<string, unknown>>
}

function eventsOf(folder: string): TraceEvent[] {
  const content: unknown = JSON.parse(readFileSync(join(folder, 'trace.json'), 'utf8'))
  return (Array.isArray(content) ? content : (content as { traceEvents: TraceEvent[] }).traceEvents) as TraceEvent[]
}

/** How often `name` was called in each process. */
function callsByPid(folder: string, name: string): Record<number, number> {
  const calls: Record<number, number> = {}
  for (const event of eventsOf(folder)) {
    if ((event.ph === 'X' || event.ph === 'B') && event.name === name) calls[event.pid] = (calls[event.pid] ?? 0) + 1
  }
  return calls
}

/** Spans of children, by command: what their arguments say. */
function childSpans(folder: string): string[] {
  return eventsOf(folder)
    .filter(({ ph, args }) => ph === 'b' && args !== undefined && 'command' in args)
    .map(({ name, args }) => `${name} ${String(args?.['exitCode'] ?? args?.['signal'] ?? args?.['failed'])}`)
}

const TIMEOUT = 120_000

/** Whether the system lets this process begin to number processes anew. */
const canGiveNumbersTwice = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0

describe('children', { timeout: TIMEOUT }, () => {
  it.each([
    ['spawn', "cp.spawn(process.execPath, ['child.js', '5', '3'])"],
    ['execFile', "cp.execFile(process.execPath, ['child.js', '5', '3'], () => {})"],
    ['exec, by a shell', "cp.exec('node child.js 5 3', () => {})"],
    ['a shell that goes on', "cp.exec('node child.js 5 3; exit 3', () => {})"],
    ['fork', "cp.fork('child.js', ['5', '3'])"],
    ['spawnSync', "cp.spawnSync(process.execPath, ['child.js', '5', '3'])"],
    ['execSync', "try { cp.execSync('node child.js 5 3') } catch {}"],
    ['an empty environment', "cp.spawn(process.execPath, ['child.js', '5', '3'], { env: {} })"],
    [
      'options of its own',
      "cp.fork('child.js', ['5', '3'], { env: { ...process.env, NODE_OPTIONS: '--no-warnings' } })",
    ],
    ['a grandchild', "cp.spawn('sh', ['-c', 'sh -c \"node child.js 5 3\"; exit 3'])"],
    [
      'a grandchild of an empty environment',
      `cp.spawn(process.execPath, ['-e', "require('child_process').fork('child.js', ['5', '3'])"], { env: {} })`,
    ],
  ])('of %s are recorded, with their command lines and exit codes, and an arrow leads to them', async (_, start) => {
    const { folder, exitCode } = await record(
      {
        'app.js': `const cp = require('node:child_process')\nfunction begin() { ${start} }\nbegin()\n`,
        'child.js': CHILD,
      },
      ['--exact', 'app.js'],
    )
    expect(exitCode).toBe(0)
    const { processes, flows, asyncSlices } = await infoOf(folder)
    const child = processes.find(({ name }) => name === 'child.js')
    expect(child).toMatchObject({ exitCode: 3 })
    expect(child?.commandLine.slice(-3)).toEqual([expect.stringMatching(/child\.js$/), '5', '3'])
    expect(processes.find(({ name }) => name === 'app.js')).toMatchObject({ exitCode: 0 })
    expect(callsByPid(folder, 'work')).toEqual({ [child?.pid ?? 0]: 5 })
    expect(flows).toBeGreaterThanOrEqual(1)
    expect(asyncSlices).toBeGreaterThanOrEqual(1)
  })

  it('of cluster, npx and npm run are recorded', async () => {
    const { folder } = await record(
      {
        'package.json': '{"scripts":{"work":"node child.js 4"}}',
        'node_modules/.bin/tool': '-> ../../tool.js',
        'tool.js': `#!/usr/bin/env node\n${CHILD}`,
        'child.js': CHILD,
        'app.js': `
          const cluster = require('node:cluster')
          const { spawnSync } = require('node:child_process')
          if (cluster.isPrimary) {
            cluster.setupPrimary({ exec: 'child.js', args: ['3'] })
            cluster.fork().once('online', function () { this.disconnect() })
            spawnSync('npm', ['run', 'work'])
            spawnSync('npx', ['--no-install', 'tool', '6'])
          }`,
      },
      ['--exact', 'app.js'],
    )
    expect(Object.values(callsByPid(folder, 'work')).sort()).toEqual([3, 4, 6])
    expect(childSpans(folder)).toEqual(expect.arrayContaining(['node child.js 0', 'npm run work 0', 'npx tool 0']))
    const names = (await infoOf(folder)).processes.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['app.js', 'npm run work', 'npx tool']))
  })

  it('of any kind are spans from start to end', async () => {
    const { folder, summary } = await record({
      'app.js': `
        const cp = require('node:child_process')
        cp.spawn('true'); cp.exec('exit 4'); cp.spawn('/no/such').on('error', () => {})
        cp.spawn('sleep', ['60']).kill('SIGTERM'); cp.spawnSync('false')`,
    })
    expect(childSpans(folder).sort()).toEqual(['false 1', 'sh -c exit 4 4', 'sleep SIGTERM', 'such true', 'true 0'])
    expect(summary).toMatchObject({ processes: 1, ends: [{ name: 'app.js', exitCode: 0, signal: null }], warnings: [] })
  })

  it('find the environment that they were given', async () => {
    const show = `console.log(process.argv[2], JSON.stringify(process.env), process.execArgv.length)`
    const files = {
      'show.js': show,
      'app.js': `
        const { spawnSync } = require('node:child_process')
        const show = (...args) => spawnSync(process.execPath, ['show.js', ...args], { env: args[1], stdio: 'inherit' })
        show('empty', {})
        show('other', { A: '1', NODE_OPTIONS: '--no-warnings' })
        spawnSync('env', [], { env: { B: '2' }, stdio: 'inherit' })`,
    }
    const { stdout } = await record(files)
    const empty = stdout.split('\n').filter((line) => !line.startsWith('__CF'))
    expect(empty.slice(0, 2)).toEqual(['empty {} 0', 'other {"A":"1","NODE_OPTIONS":"--no-warnings"} 0'])
    expect(empty[2]).toBe('B=2')
  })

  it('that are killed while they write are recorded as far as they came, and said to be killed', async () => {
    const { folder, summary, stderr } = await record(
      {
        'app.js': `
          const child = require('node:child_process').fork('busy.js')
          child.once('message', () => setTimeout(() => child.kill('SIGKILL'), 300))`,
        'busy.js': `
          function work(n) { return n === 0 ? [0].map(String) : work(n - 1) }
          process.send('begun')
          const turn = () => { for (let i = 0; i < 50; i++) work(10); setTimeout(turn, 1) }
          turn()`,
      },
      ['--exact', 'app.js'],
    )
    expect(stderr).not.toContain('Error')
    expect(summary['ends']).toContainEqual(
      expect.objectContaining({ name: 'busy.js', signal: 'SIGKILL', exitCode: null }),
    )
    expect(Object.values(callsByPid(folder, 'work'))[0]).toBeGreaterThan(100)
    const { stdout } = await tracer(['info', 'trace.json'], { cwd: folder })
    expect(stdout).toContain('(ended by SIGKILL)')
  })

  it('that outlive the program are waited for', async () => {
    const { folder, summary } = await record(
      {
        'app.js': `
          const child = require('node:child_process').spawn(process.execPath, ['late.js'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
          child.once('message', () => process.exit())`,
        'late.js': `process.send('begun'); process.disconnect(); function work() { return [1].map(String) }; setTimeout(work, 700)`,
      },
      ['--exact', 'app.js'],
    )
    expect(Object.values(callsByPid(folder, 'work'))).toEqual([1])
    expect(summary['warnings']).toEqual([])
  })

  it('that were started to outlive it are not, and are named', async () => {
    const folder = tempFolder({
      'app.js': `
        const child = require('node:child_process').fork('daemon.js', { detached: true, stdio: 'ignore' })
        child.once('message', () => process.exit())`,
      'daemon.js': `require('node:fs').writeFileSync('pid', String(process.pid)); process.send('begun'); process.disconnect(); setInterval(() => {}, 1000)`,
    })
    onTestFinished(() => {
      const file = join(folder, 'pid')
      if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL')
    })
    const { exitCode, stderr } = await tracer(['app.js'], { cwd: folder })
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/process \d+ \(daemon\.js\) runs on/)
  })

  it('that could not be recorded are named', async () => {
    const { summary } = await record({
      'app.js': `
        const { spawn } = require('node:child_process')
        spawn(process.execPath, ['--no-such-option', 'x.js'])
        spawn(process.execPath, ['--version'])`,
    })
    expect(summary['warnings']).toEqual([
      expect.stringMatching(/^process \d+ was not recorded: .* --no-such-option x\.js$/),
    ])
  })

  it('whose environment was cleared are recorded with their workers, or named when something else has cleared it', async () => {
    const { folder, summary } = await record(
      {
        'app.js': `
          const { spawn } = require('node:child_process')
          spawn(process.execPath, ['cleared.js'], { env: {} })
          spawn('timeout', ['60', process.execPath, 'cleared.js'], { env: {} })
          spawn('env', ['-i', process.execPath, 'cleared.js'])`,
        'cleared.js': `
          const { Worker, isMainThread } = require('node:worker_threads')
          function work() { return [1].map(String) }
          if (isMainThread) new Worker(__filename, { name: 'w', env: {} }); else for (let i = 0; i < 7; i++) work()`,
      },
      ['--exact', 'app.js'],
    )
    expect(Object.values(callsByPid(folder, 'work'))).toEqual([7, 7])
    expect(summary['warnings']).toEqual([expect.stringMatching(/^process \d+ was not recorded: env -i .*cleared\.js$/)])
  })

  it.runIf(canGiveNumbersTwice)('of one number are two processes, each with its own threads', async () => {
    const { folder } = await record(
      {
        'app.js': `
          const { spawnSync } = require('node:child_process')
          // The first process of a namespace has the number 1.
          for (const n of ['3', '5']) spawnSync('unshare', ['--pid', '--fork', process.execPath, 'child.js', n])`,
        'child.js': `
          const { Worker, isMainThread } = require('node:worker_threads')
          function work() { return [1].map(String) }
          for (let i = 0; i < Number(process.argv[2]); i++) work()
          if (isMainThread) new Worker(__filename, { argv: [process.argv[2]] })`,
      },
      ['--exact', 'app.js'],
    )
    const { processes } = await infoOf(folder)
    const children = processes.filter(({ name }) => name === 'child.js')
    expect(children.map(({ pid, commandLine }) => [pid, commandLine.at(-1)])).toEqual([
      [1, '3'],
      [1, '5'],
    ])
    // Formats that know processes by their numbers have others there.
    expect(Object.values(callsByPid(folder, 'work')).sort((a, b) => a - b)).toEqual([6, 10])
  })

  it('make nothing that Node.js would warn of', async () => {
    const files = { 'app.js': "require('node:child_process').fork('b.js')", 'b.js': '' }
    const { stderr } = await tracer(['--quiet', 'node', '--pending-deprecation', 'app.js'], { cwd: tempFolder(files) })
    expect(stderr).toBe('')
  })
})

describe('a run with workers, children and a grandchild', { timeout: TIMEOUT }, () => {
  it('has exactly the calls that each of them counted', async () => {
    const count = `
      let calls = 0
      function work(n) { calls++; return n === 0 ? [0].map(String) : work(n - 1) }
      function run(times) { for (let i = 0; i < times; i++) work(i % 7); return calls }`
    const { folder, stdout } = await record(
      {
        'app.js': `${count}
          const { Worker } = require('node:worker_threads')
          const cp = require('node:child_process')
          let counted = run(1000)
          const workers = [1, 2, 3, 4].map((n) => new Promise((done) =>
            new Worker('./worker.js', { workerData: n * 100 }).once('message', (calls) => { counted += calls; done() })))
          for (const times of [50, 60, 70]) cp.fork('child.js', [String(times)])
          Promise.all(workers).then(() => console.log(process.pid, counted))`,
        'worker.js': `${count}
          const { parentPort, workerData } = require('node:worker_threads')
          parentPort.postMessage(run(workerData))`,
        'child.js': `${count}
          const times = Number(process.argv[2])
          console.log(process.pid, run(times))
          if (times === 70) require('node:child_process').fork('child.js', ['80'])`,
      },
      ['--exact', 'app.js'],
    )
    const counted = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ').map(Number)),
    )
    expect(Object.keys(counted)).toHaveLength(5)
    expect(callsByPid(folder, 'work')).toEqual(counted)
    expect((await infoOf(folder)).processes).toHaveLength(5)
  })
})
