import type { Trace } from '@tracer/core'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bareAndRecorded } from './compare.js'
import { record } from './record.js'

/** Spans, each with how it ended, in the order of their tracks. */
function spansOf({ tracks, sites }: Trace): string[] {
  return tracks.flatMap((track) => {
    if (track.kind !== 'async' || track.name === 'Event loop') return []
    const { length, site, args } = track.slices
    return Array.from({ length }, (_, i) => {
      const { status, error } = JSON.parse(args.get(i) ?? '{}') as { status?: number; error?: string }
      return `${track.name}: ${withoutPort(sites[site[i]].name)} ${status ?? error ?? 'open'}`
    })
  })
}

function withoutPort(name: string): string {
  return name.replace(/:\d+/, ':PORT')
}

/** Arrows between requests. */
function flowsOf({ flows, tracks, sites }: Trace): string[] {
  const ends = Array.from(flows.flow, (flow, i) => {
    const track = tracks[flows.track[i]]
    if (track.kind !== 'async') return { flow, name: '' }
    const name = withoutPort(sites[track.slices.site[flows.slice[i]]].name)
    return { flow, name: `${track.name.split(' ')[0]} ${name}` }
  })
  const keys = [...new Set(ends.map(({ flow }) => flow))]
  return keys.flatMap((key) => {
    const names = ends.filter(({ flow }) => flow === key).map(({ name }) => name)
    return names.includes('') ? [] : [names.join(' -> ')]
  })
}

/** Made for these tests: signed by itself, for a hundred years. */
const CERTIFICATE = {
  key: readFileSync(new URL('fixtures/localhost-key.pem', import.meta.url), 'utf8'),
  cert: readFileSync(new URL('fixtures/localhost-cert.pem', import.meta.url), 'utf8'),
}

/** From 22.17 and 24.2 on. */
const TELLS_OF_HTTP2 = Number(process.versions.node.split('.')[0]) >= 22

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
      'incoming requests: GET /a 200',
      'incoming requests: GET /no 404',
      'incoming requests: POST /f 200',
      'outgoing requests: GET localhost:PORT/a 200',
      'outgoing requests: GET localhost:PORT/no 404',
      expect.stringMatching(/^outgoing requests: GET localhost:PORT\/dead connect ECONNREFUSED/),
      'outgoing requests: POST 127.0.0.1:PORT/f 200',
    ])
    expect(flowsOf(trace)).toEqual([])
  })

  it('have the pattern of their route where Express or Fastify says it, and no more names than a person could read', async () => {
    const { trace } = await record({
      'app.cjs': `${GET}
        const channel = require('diagnostics_channel').tracingChannel('fastify.request.handler')
        server.prependListener('request', (q, raw) => {
          if (q.url === '/users/ann') { q.baseUrl = '/users'; q.route = { path: '/:name' } }
          if (q.url === '/shops/x') channel.start.publish({ request: { raw: q }, reply: { raw }, route: { url: '/shops/:shop' } })
        })
        server.listen(0, async () => {
          const { port } = server.address()
          await get(port, '/users/ann')
          await get(port, '/shops/x')
          for (const id of ['7', 'b007', 'deadbeefdeadbeefdeadbeef', 'v2']) await get(port, '/things/' + id + '/size')
          for (let i = 0; i < 250; i++) await get(port, '/page/' + 'n'.repeat(i))
          server.close()
        })`,
    })
    const incoming = spansOf(trace).filter((span) => span.startsWith('incoming'))
    expect(incoming).toHaveLength(256)
    expect(incoming.slice(0, 6).map((span) => span.slice('incoming requests: '.length))).toEqual([
      'GET /users/:name 200',
      'GET /shops/:shop 200',
      'GET /things/:id/size 200',
      'GET /things/:id/size 200',
      'GET /things/:id/size 200',
      'GET /things/v2/size 200',
    ])
    expect(new Set(incoming).size).toBeLessThan(405)
    expect(incoming.at(-1)).toMatch(/^incoming requests: GET (\/page\/n* )?200$/)
  })

  it('are seen over TLS', async () => {
    const { trace, stdout } = await record(
      {
        'app.cjs': `const https = require('https')
        const server = https.createServer(${JSON.stringify(CERTIFICATE)}, function handle(q, r) { console.log(q.headers.traceparent); r.statusCode = 201; r.end('hello') })
        server.listen(0, () => https.get({ port: server.address().port, path: '/safe?x', rejectUnauthorized: false }, (r) => {
          r.resume(); r.on('end', () => server.close())
        }))`,
      },
      { options: { propagate: true } },
    )
    expect(spansOf(trace)).toEqual([
      'incoming requests: GET /safe 201',
      'outgoing requests: GET localhost:PORT/safe 201',
    ])
    expect(stdout).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/m)
    expect(flowsOf(trace)).toEqual(['outgoing GET localhost:PORT/safe -> incoming GET /safe'])
  })

  it('carry their place over HTTP/2, and are seen where Node.js tells of them', async () => {
    const { trace, stdout } = await record(
      {
        'app.cjs': `const http2 = require('http2'), headers = [], given = '00-' + '1'.repeat(32) + '-' + '2'.repeat(16) + '-01'
        const server = http2.createSecureServer(${JSON.stringify(CERTIFICATE)}, function handle(q, r) {
          headers.push(q.headers.traceparent); r.statusCode = 202; r.end(q.url)
        })
        const send = (session, sent) => new Promise((done) => session.request(sent).on('close', done).resume())
        server.listen(0, async function main() {
          const session = http2.connect('https://localhost:' + server.address().port, { rejectUnauthorized: false })
          await Promise.all([send(session), send(session, { ':path': '/b?x' }), send(session, { ':path': '/c', TraceParent: given })])
          console.log(JSON.stringify(headers)); session.close(); server.close()
        })`,
      },
      { options: { propagate: true } },
    )
    const headers = JSON.parse(stdout) as string[]
    expect(headers.slice(0, 2)).toEqual(
      Array(2).fill(expect.stringMatching(/^00-(?!1{32})[\da-f]{32}-[\da-f]{16}-01$/)),
    )
    expect(headers[2]).toBe(`00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`)
    const paths = TELLS_OF_HTTP2 ? ['/', '/b', '/c'] : []
    expect(spansOf(trace)).toEqual([
      ...paths.map((path) => `incoming requests: GET ${path} 202`),
      ...paths.map((path) => `outgoing requests: GET localhost:PORT${path} 202`),
    ])
    expect(flowsOf(trace)).toEqual(paths.map((path) => `outgoing GET localhost:PORT${path} -> incoming GET ${path}`))
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

  it('are those of the program: no header, no listener, no property, no method is another', () => {
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `${GET}
        const http2 = require('http2'), seen = []
        const look = (what) => seen.push([
          what.constructor.name, Reflect.ownKeys(what).map(String).sort(),
          what.eventNames().map((name) => [String(name), what.listenerCount(name), what.listeners(name).map(String)]),
        ])
        server.on('request', (q, r) => { look(q); look(r); look(q.socket); r.on('finish', () => look(r)) })
        const plain = http2.createServer((q, r) => { look(q); look(r); look(q.stream); look(q.stream.session); r.end(Object.keys(q.headers).join()) })
        server.listen(0, () => plain.listen(0, async () => {
          const { port } = server.address()
          await get(port, '/a', { headers: { a: 1 } }); await (await fetch('http://localhost:' + port)).text()
          const request = http.get({ port, agent: false }, (response) => {
            look(request); look(response); look(response.socket); response.resume().on('end', () => {
              const session = http2.connect('http://localhost:' + plain.address().port), stream = session.request()
              look(session); look(stream)
              stream.on('data', (text) => seen.push(String(text))).on('close', () => { session.close(); plain.close(); server.close(); tell() })
            })
          })
        }))
        const tell = () => {
          look(server); look(plain)
          const { prototype } = http.ClientRequest
          const { value, ...rest } = Object.getOwnPropertyDescriptor(prototype, '_implicitHeader')
          seen.push(Reflect.ownKeys(prototype).map(String), rest, value.name, value.length, String(value), Reflect.ownKeys(value))
          console.log(JSON.stringify(headers.map((all) => Object.keys(all))), JSON.stringify(seen, null, 1))
        }`,
    })
    expect(recorded).toEqual(bare)
    expect(bare.stdout).toContain('Http2ServerRequest')
  })
})
