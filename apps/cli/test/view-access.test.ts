import { describe, expect, it } from 'vitest'
import { serve, TRACE, visit } from './view-fixture.js'

const FILES = { 'a.json': TRACE }
const NAMED = { names: ['a.json'] }

describe('the key', () => {
  it('lets nobody in without it', async () => {
    const visitor = await serve(FILES, NAMED)
    for (const path of ['/', '/?file=a.json', '/?token=', '/?token=x', '/assets/main.js', '/files/', '/files/a.json']) {
      expect((await visitor.get(path)).status, path).toBe(403)
    }
  })

  it('in the address becomes a cookie that no script sees, and leaves the address', async () => {
    const visitor = await serve(FILES, NAMED)
    const { status, headers, text } = await visitor.enter()
    expect(status).toBe(200)
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^tracer-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ])
    expect(text).toContain('http-equiv="refresh" content="0;url=./?file=a.json"')
    expect(text).not.toContain('token')
    expect((await visitor.get('/?file=a.json')).text).toBe('<title>Viewer</title>')
    expect((await visitor.get('/files/a.json')).text).toBe(TRACE)
  })

  it('that a browser is started with opens once, the printed one again and again', async () => {
    const visitor = await serve(FILES, NAMED)
    const { pathname, search } = new URL(visitor.server.addressForOnce())
    expect((await visitor.get(pathname + search)).status).toBe(200)
    expect((await visitor.get(pathname + search)).status).toBe(403)
    const printed = new URL(visitor.server.address)
    expect((await visitor.get(printed.pathname + printed.search)).status).toBe(200)
    expect((await visitor.get(printed.pathname + printed.search)).status).toBe(200)
  })

  it('is another one for each server', async () => {
    const [one, two] = [await visit(FILES, NAMED), await serve(FILES, NAMED)]
    const key = new URL(one.server.address).searchParams.get('token') ?? ''
    expect((await two.get(`/?token=${key}`)).status).toBe(403)
  })

  it('opens only by the front door', async () => {
    const visitor = await serve(FILES, NAMED)
    const { search } = new URL(visitor.server.address)
    expect((await visitor.get(`/files/a.json${search}`)).status).toBe(403)
  })
})

describe('a request of another page', () => {
  it('is refused although the browser sends the cookie along', async () => {
    const visitor = await visit(FILES, NAMED)
    for (const site of ['cross-site', 'same-site']) {
      expect((await visitor.get('/files/a.json', { 'sec-fetch-site': site })).status, site).toBe(403)
    }
    for (const site of ['same-origin', 'none']) {
      expect((await visitor.get('/files/a.json', { 'sec-fetch-site': site })).status, site).toBe(200)
    }
  })

  it('gets no permission to read anything', async () => {
    const visitor = await visit(FILES, NAMED)
    const { headers } = await visitor.get('/files/a.json', { origin: 'http://evil.example' })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect((await visitor.get('/files/a.json', {}, 'OPTIONS')).status).toBe(405)
  })
})

describe('the Host header', () => {
  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', '0.0.0.0', '127.0.0.1.evil.example', '[::1]'])(
    'has to name the server: not %s',
    async (host) => {
      const visitor = await visit(FILES, NAMED)
      expect((await visitor.get('/files/a.json', { host })).status).toBe(421)
    },
  )

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST'])('has to name the server: %s with its port', async (name) => {
    const visitor = await visit(FILES, NAMED)
    expect((await visitor.get('/files/a.json', { host: `${name}:${visitor.server.port}` })).status).toBe(200)
  })

  it('stands there once', async () => {
    const visitor = await visit(FILES, NAMED)
    const own = `Host: 127.0.0.1:${visitor.server.port}`
    const line = 'GET /files/a.json HTTP/1.1'
    expect(await visitor.raw([line, own])).toBe('HTTP/1.1 200 OK')
    expect(await visitor.raw([line, own, 'Host: evil.example'])).not.toContain('200')
    expect(await visitor.raw([line, 'Host: evil.example', own])).not.toContain('200')
    expect(await visitor.raw([line, 'Host:'])).not.toContain('200')
    expect(await visitor.raw([line])).toBe('HTTP/1.1 400 Bad Request')
  })

  it('cannot be replaced by a whole address', async () => {
    const visitor = await visit(FILES, NAMED)
    const own = `Host: 127.0.0.1:${visitor.server.port}`
    expect(await visitor.raw(['GET http://evil.example/files/a.json HTTP/1.1', own])).toContain(' 400 ')
  })
})

describe('what goes out', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('answers no %s', async (method) => {
    const visitor = await visit(FILES, NAMED)
    const { status, headers } = await visitor.get('/files/a.json', {}, method)
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
  })

  it.each(['/?file=a.json', '/files/a.json', '/assets/main.js', '/files/', '/none', '/files/none'])(
    'keeps the page of %s to itself',
    async (path) => {
      const { headers } = await (await visit(FILES, NAMED)).get(path)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin-allow-popups',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      })
      const policy = headers['content-security-policy'] ?? ''
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /)
      expect(policy).toContain("connect-src 'self'; ")
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
    },
  )

  it('a HEAD has the length and no body', async () => {
    const { status, headers, text } = await (await visit(FILES, NAMED)).get('/files/a.json', {}, 'HEAD')
    expect([status, headers['content-length'], text]).toEqual([200, String(TRACE.length), ''])
  })
})
