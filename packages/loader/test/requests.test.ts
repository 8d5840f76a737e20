import type { Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { bareAndRecorded } from './compare.js'
import { record } from './record.js'

/** Spans, each with its arguments but for ids and bytes, in the order of their tracks. */
function spansOf({ tracks }: Trace): string[] {
  return tracks.flatMap((track) => {
    if (track.kind !== 'async' || track.name === 'Event loop') return []
    return Array.from({ length: track.slices.length }, (_, i) => {
      const { status, error } = JSON.parse(track.slices.args.get(i) ?? '{}') as { status?: number; error?: string }
      return `${track.name.replace(/:\d+/, ':PORT')} ${status ?? error ?? 'open'}`
    })
  })
}

function flowsOf({ flows, tracks }: Trace): string[] {
  const ends = Array.from(flows.flow, (flow, i) => {
    const track = tracks[flows.track[i]]
    return { flow, name: track.kind === 'async' ? track.name.replace(/:\d+/, ':PORT') : track.kind }
  })
  const keys = [...new Set(ends.map(({ flow }) => flow))]
  return keys.map((key) =>
    ends
      .filter(({ flow }) => flow === key)
      .map(({ name }) => name)
      .join(' -> '),
  )
}

const GET = `const http = require('http'), headers = []
  const get = (port, path, options) => new Promise((done) =>
    http.get({ port, path, ...options }, (r) => { r.resume(); r.on('end', done) }).on('error', done))
  const server = http.createServer((q, r) => { headers.push(q.headers); r.statusCode = q.url.startsWith('/no') ? 404 : 200; r.end('hello') })`

describe('HTTP requests', () => {
  it('are spans on both sides, with method, path without query, and status', async () => {
    const { trace } = await record({
      'app.cjs': `${GET}
        server.listen(0, '127.0.0.1', async () => {
          const { port } = server.address()
          await get(port, '/a?secret=1'); await get(port, '/no'); await get(1, '/dead')
          await (await fetch('http://127.0.0.1:' + port + '/f?x', { method: 'POST', body: 'x' })).text()
          server.close()
        })`,
    })
    expect(spansOf(trace)).toEqual([
      'incoming GET /a 200',
      'outgoing GET localhost:PORT/a 200',
      'incoming GET /no 404',
      'outgoing GET localhost:PORT/no 404',
      expect.stringMatching(/^outgoing GET localhost:PORT\/dead connect ECONNREFUSED/),
      'incoming POST /f 200',
      'outgoing POST 127.0.0.1:PORT/f 200',
    ])
    expect(flowsOf(trace)).toEqual([])
  })

  it('have the pattern of their route where Express says it, and no more names than a person could read', async () => {
    const { trace } = await record({
      'app.cjs': `${GET}
        server.on('request', (q) => { if (q.url === '/users/7') { q.baseUrl = '/users'; q.route = { path: '/:id' } } })
        server.listen(0, async () => {
          const { port } = server.address()
          await get(port, '/users/7')
          for (let i = 0; i < 250; i++) await get(port, '/page/' + i)
          server.close()
        })`,
    })
    const incoming = spansOf(trace).filter((span) => span.startsWith('incoming'))
    expect(incoming).toHaveLength(251)
    expect(incoming).toContain('incoming GET /users/:id 200')
    expect(new Set(incoming).size).toBeLessThan(205)
  })

  it('carry their place in a trace when that is asked for, and are joined by it', async () => {
    const { trace, stdout } = await record(
      {
        'app.cjs': `${GET}
        const inner = http.createServer(async (q, r) => { await null; await get(server.address().port, '/inner'); r.end() })
        server.listen(0, () => inner.listen(0, async () => {
          await get(inner.address().port, '/outer', { headers: { traceparent: '00-' + '1'.repeat(32) + '-' + '2'.repeat(16) + '-01' } })
          await (await fetch('http://localhost:' + server.address().port)).text()
          console.log(JSON.stringify(headers.map(({ traceparent }) => traceparent)))
          server.close(); inner.close()
        }))`,
      },
      { options: { propagate: true } },
    )
    const [outer, other] = JSON.parse(stdout) as string[]
    expect(outer).toMatch(/^00-1{32}-(?!2{16})[\da-f]{16}-01$/)
    expect(other).toMatch(/^00-(?!1{32})[\da-f]{32}-[\da-f]{16}-01$/)
    expect(flowsOf(trace).sort()).toEqual([
      'outgoing GET localhost:PORT/ -> incoming GET /',
      'outgoing GET localhost:PORT/inner -> incoming GET /inner',
      'outgoing GET localhost:PORT/outer -> incoming GET /outer',
    ])
  })

  it('are those of the program: no header, no difference', () => {
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `${GET}
        server.listen(0, async () => {
          const { port } = server.address()
          await get(port, '/a', { headers: { a: 1 } }); await (await fetch('http://localhost:' + port)).text()
          console.log(headers.map((all) => Object.keys(all).join()).join('; '), Reflect.ownKeys(server).map(String).join())
          server.close()
        })`,
    })
    expect(recorded).toEqual(bare)
  })
})
