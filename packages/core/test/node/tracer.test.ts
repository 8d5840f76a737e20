import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { Tracer as PortableTracer } from '../../src/index.js'
import { Tracer, TracerError, monotonicClock, type TraceSerializer } from '../../src/node/index.js'
import { ManualClock } from '../support/manual-clock.js'

const NAMES: TraceSerializer = {
  id: 'names',
  extensions: ['.txt'],
  *serialize(trace) {
    yield new TextEncoder().encode(trace.sites.map((site) => site.name).join())
  },
}

describe('the Tracer for Node', () => {
  it('is a Tracer', () => {
    expect(new Tracer({ capacity: 1 })).toBeInstanceOf(PortableTracer)
  })

  it('saves to a path, to a URL and to a sink', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tracer-core-'))
    try {
      const tracer = recorded()
      await tracer.save(join(folder, 'a/path.txt'), NAMES)
      await tracer.save(pathToFileURL(join(folder, 'url.txt')), NAMES)
      let bytes = 0
      await tracer.save({ write: (piece) => void (bytes += piece.length) }, NAMES)
      expect(await readFile(join(folder, 'a/path.txt'), 'utf8')).toBe('i,trap')
      expect(await readFile(join(folder, 'url.txt'), 'utf8')).toBe('i,trap')
      expect(bytes).toBe(6)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('reports a path that cannot be written, and leaves nothing there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tracer-core-'))
    try {
      const saving = recorded().save(folder, NAMES)
      await expect(saving).rejects.toThrow(TracerError)
      await expect(saving).rejects.toMatchObject({ code: 'SINK_FAILED', cause: { syscall: 'rename' } })
      expect(await readdir(folder)).toEqual([])
    } finally {
      await rm(folder, { recursive: true, force: true })
      await rm(`${folder}.part`, { force: true })
    }
  })

  it('knows its process and thread', () => {
    const { processes, threads } = recorded().snapshot()
    expect(processes[0].pid).toBe(process.pid)
    expect(processes[0].commandLine).toEqual([process.execPath, ...process.execArgv, ...process.argv.slice(1)])
    expect(processes[0].name).not.toBe('')
    expect(threads[0].tid).toBeGreaterThanOrEqual(process.pid)
    expect(new Tracer({ name: 'mine' }).snapshot().processes[0].name).toBe('mine')
  })

  it('takes another clock', () => {
    expect(new Tracer({ clock: new ManualClock() }).snapshot().metadata.clock).toBe('manual')
  })

  it('does not run the traps of proxies', () => {
    const [track] = recorded().snapshot().tracks
    expect(track.kind === 'thread' && track.instants.args.get(1)).toBe('{"proxy":"[Proxy]"}')
  })
})

describe('monotonicClock', () => {
  it('lies on the axis of process.hrtime, to a tenth of a millisecond', () => {
    const clock = monotonicClock()
    const before = Number(process.hrtime.bigint())
    const now = clock.originNs + clock.now() * clock.nsPerTick
    const after = Number(process.hrtime.bigint())
    expect(now).toBeGreaterThan(before - 1e5)
    expect(now).toBeLessThan(after + 1e5)
  })

  it('is the same axis in a worker', async () => {
    const code = `
      const { parentPort } = require('node:worker_threads')
      let best = Infinity, originNs = 0
      for (let i = 0; i < 100; i++) {
        const before = performance.now(), ns = Number(process.hrtime.bigint()), after = performance.now()
        if (after - before < best) [best, originNs] = [after - before, ns - ((before + after) / 2) * 1e6]
      }
      parentPort.postMessage({ originNs, originEpochMs: performance.timeOrigin })`
    const worker = new Worker(code, { eval: true })
    const other = await new Promise<{ originNs: number; originEpochMs: number }>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
    })
    const clock = monotonicClock()
    const apartNs = other.originNs - clock.originNs
    expect(Math.abs(apartNs - (other.originEpochMs - clock.originEpochMs) * 1e6)).toBeLessThan(2e6)
    await worker.terminate()
  })

  it('gives the trace an origin on that axis', () => {
    const { originNs } = recorded().snapshot().metadata
    expect(Math.abs(originNs - Number(process.hrtime.bigint()))).toBeLessThan(60e9)
  })
})

function recorded(): Tracer {
  const tracer = new Tracer({ capacity: 10 })
  tracer.start()
  tracer.instant('i')
  const proxy = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('the trap ran')
      },
    },
  )
  tracer.instant('trap', { proxy })
  tracer.stop()
  return tracer
}
