import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIB } from './recorded.js'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

/** A file of one process with these events, in microseconds. */
function events(...rows: readonly object[]): string {
  return JSON.stringify(rows.map((row) => ({ ph: 'X', pid: 1, tid: 1, ts: 0, dur: 5, name: 'work', ...row })))
}

const info = async (file: string, cwd: string) => {
  const { stdout } = await tracer(['info', file, '--json'], { cwd })
  return JSON.parse(stdout)
}

describe('tracer combine', () => {
  it('puts files of any format into one, with each process under the label of its file', async () => {
    const cwd = tempFolder({ 'a.json': events({}, { name: 'more', ts: 1, dur: 2 }), 'b.json': events({ ts: 70 }) })
    await tracer(['convert', 'b.json', '-o', 'b.pftrace.gz'], { cwd })
    const { exitCode, stderr } = await tracer(
      ['combine', 'a.json', 'b.pftrace.gz', '-o', 'all.pftrace', '--label', 'store=b.pftrace.gz'],
      { cwd },
    )
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/Read +a\.json \(Trace Event JSON, .*\n +b\.pftrace\.gz \(Perfetto trace, gzip, /)
    expect(stderr).toMatch(/store: by its start/)
    const { processes, threads, slices } = await info('all.pftrace', cwd)
    expect(processes).toMatchObject([{ name: 'a' }, { name: 'store' }])
    expect(threads).toMatchObject([{ process: 0 }, { process: 1 }])
    expect(slices).toBe(3)
  })

  it('aligns runs of one machine by its clock', async () => {
    const cwd = tempFolder({ 'app.js': `${FIB}fib(5)` })
    for (const name of ['a', 'b']) await tracer(['-o', `${name}.pftrace`, 'app.js'], { cwd })
    const { stderr } = await tracer(['combine', 'b.pftrace', 'a.pftrace', '-o', 'all.json'], { cwd })
    expect(stderr).toMatch(/b: the same clock of the same machine\n +a: what the others are aligned to/)
    const [a, all] = [await info('a.pftrace', cwd), await info('all.json', cwd)]
    expect(all.metadata).toMatchObject({ hostName: a.metadata.hostName, bootId: a.metadata.bootId })
    expect(a.metadata.bootId).not.toBe('')
    expect(all.processes.map(({ name }: { name: string }) => name)).toEqual(['b: app.js', 'a: app.js'])
  })

  it('aligns machines whose clocks are ten minutes apart by the requests between them', async () => {
    const span = (name: string, ts: number, dur: number, args: object) => [
      { ph: 'b', cat: 'http', id: name, name, ts, args },
      { ph: 'e', cat: 'http', id: name, name, ts: ts + dur },
    ]
    const cwd = tempFolder({
      'client.json': events(...span('GET', 100, 50, { traceId: 't', spanId: '1' })),
      'server.json': events(...span('GET /', 600_000_110, 30, { traceId: 't', spanId: '2', parentId: '1' })),
    })
    const { stderr } = await tracer(['combine', 'client.json', 'server.json', '-o', 'all.json'], { cwd })
    expect(stderr).toMatch(/server: by 1 request, ±10\.0 µs/)
    const { flows } = await info('all.json', cwd)
    expect(flows).toBe(1)
    const starts = [...readFileSync(join(cwd, 'all.json'), 'utf8').matchAll(/"ph":"b".*"ts":([\d.]+)/g)].map(([, ts]) =>
      Number(ts),
    )
    expect(starts).toHaveLength(2)
    expect(starts[1] - starts[0]).toBeCloseTo(10, 1)
  })

  it('leaves out what is no trace, says so, and ends with 1', async () => {
    const cwd = tempFolder({ 'a.json': events({}), 'b.json': 'no trace', 'c.json': `${events({}, {}).slice(0, -20)}` })
    const { exitCode, stderr } = await tracer(['combine', 'a.json', 'b.json', 'c.json', '-o', 'all.json'], { cwd })
    expect(exitCode).toBe(1)
    expect(stderr).toContain("'b.json' is not a trace.")
    expect(stderr).toMatch(/c\.json: The file was cut short/)
    expect(await info('all.json', cwd)).toMatchObject({ slices: 2, processes: [{ name: 'a' }, { name: 'c' }] })
  })

  it.each([
    [['a.json'], 'needs an output.', 'no output'],
    [['-o', 'all.json'], 'needs <files...>.', 'no file'],
    [['a.json', 'b.json', '-o', 'all.json'], "There is no file 'b.json'.", 'a file that is not there'],
    [['a.json', '-o', 'all.json', '--label', 'x=b.json'], 'which is none of the files', 'a label of another file'],
    [['a.json', '-o', 'all.json', '--label', 'x'], 'a name and a file', 'a label without a file'],
    [['a.json', '-o', 'all.json', '--align', 'guess'], 'auto, marker, clock, start', 'an unknown method'],
  ])('refuses %j: %s', async (args, message) => {
    const { exitCode, stderr } = await tracer(['combine', ...args], { cwd: tempFolder({ 'a.json': events({}) }) })
    expect(stderr).toContain(message)
    expect(exitCode).toBe(2)
  })
})
