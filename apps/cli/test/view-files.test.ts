import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TRACE, visit } from './view-fixture.js'

describe('what the server was not given', () => {
  const files = {
    'shared/a.json': TRACE,
    'shared/.hidden.json': TRACE,
    'shared/notes.txt': 'private',
    'shared/deep/b.json': TRACE,
    'shared/link.json': '-> ../secret.json',
    'shared/inner.json': '-> a.json',
    'shared/alias.json': '-> notes.txt',
    'secret.json': TRACE,
  }
  const tricks = [
    '/files/../secret.json',
    '/files/..%2fsecret.json',
    '/files/..%2Fsecret.json',
    '/files/%2e%2e/secret.json',
    '/files/%2e%2e%2fsecret.json',
    '/files/..%5csecret.json',
    '/files/....//secret.json',
    '/files/deep/b.json',
    '/files/deep%2fb.json',
    '/files//a.json',
    '/files/./a.json',
    '/files/a.json%00',
    '/files/a.json%00.json',
    '/files/.hidden.json',
    '/files/notes.txt',
    '/files/link.json',
    '/files/alias.json',
    '/files/deep',
    '/files/..',
    '/files/.',
    '/files/%',
    '/files/%c0%ae%c0%ae/secret.json',
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/assets',
    '/a.json',
    '//files/a.json',
    '/source?file=a.json',
    '/span?file=..%2fsecret.json',
  ]

  it('is not read, whatever the path', async () => {
    const folder = await visit(files, { folder: 'shared' })
    const own = `Host: 127.0.0.1:${folder.server.port}`
    for (const path of tricks) {
      expect(await folder.raw([`GET ${path} HTTP/1.1`, own]), path).toMatch(/^HTTP\/1\.1 40[04] /)
    }
  })
  it('stands in no list', async () => {
    const folder = await visit(files, { folder: 'shared' })
    const list: { folder: string; files: { name: string }[] } = JSON.parse((await folder.get('/files/')).text)
    expect(list.folder).toBe(join(folder.folder, 'shared'))
    expect(list.files.map(({ name }) => name).sort()).toEqual(['a.json', 'inner.json'])
    expect((await folder.get('/files/inner.json')).text).toBe(TRACE)
  })

  it('is not beside a file that was', async () => {
    const visitor = await visit({ 'a.json': TRACE, 'b.json': TRACE }, { names: ['a.json'] })
    expect((await visitor.get('/files/b.json')).status).toBe(404)
    expect(JSON.parse((await visitor.get('/files/')).text)).toMatchObject({ folder: null, files: [{ name: 'a.json' }] })
  })
})

describe('source texts', () => {
  const files = {
    'a.json': TRACE,
    'src/main.ts': 'main()',
    'src/deep/part.mjs': 'part()',
    'src/.env': 'secret',
    'src/key.pem': 'secret',
    'src/out.ts': '-> ../outside.ts',
    'src/env.ts': '-> .env',
    'outside.ts': 'outside()',
  }

  it('are not read unless their folder was given', async () => {
    const visitor = await visit(files, { names: ['a.json'] })
    expect((await visitor.get(`/source?file=${join(visitor.folder, 'src/main.ts')}`)).status).toBe(404)
    expect(JSON.parse((await visitor.get('/files/')).text)).toMatchObject({ sources: false })
  })

  it('are read from the folder that was given, by the path that stands in the trace', async () => {
    const visitor = await visit(files, { names: ['a.json'], sources: ['src'] })
    const read = (path: string) => visitor.get(`/source?file=${encodeURIComponent(path)}`)
    expect((await read(join(visitor.folder, 'src/main.ts'))).text).toBe('main()')
    const { text, headers } = await read('deep/part.mjs')
    expect([text, headers['content-type']]).toEqual(['part()', 'text/plain; charset=utf-8'])
    expect(JSON.parse((await visitor.get('/files/')).text)).toMatchObject({ sources: true })
  })

  it.each(['outside.ts', 'src/out.ts', 'src/env.ts', 'src/.env', 'src/key.pem', 'src', 'src/none.ts', 'a.json'])(
    'are nothing else: not %s',
    async (path) => {
      const visitor = await visit(files, { names: ['a.json'], sources: ['src'] })
      const file = join(visitor.folder, path)
      expect((await visitor.get(`/source?file=${encodeURIComponent(file)}`)).status).toBe(404)
    },
  )

  it.each(['', '..%2Foutside.ts', 'main.ts%00', '%00', '.'])('are nothing else: not %s in the folder', async (file) => {
    const visitor = await visit(files, { names: ['a.json'], sources: ['src'] })
    expect((await visitor.get(`/source?file=${file}`)).status).toBe(404)
  })
})

describe('a file', () => {
  it('is called by its own name, and two of one name differ', async () => {
    const visitor = await visit({ 'a/x.json': '[1]', 'b/x.json': '[2]' }, { names: ['a/x.json', 'b/x.json'] })
    expect(new URL(visitor.server.address).searchParams.getAll('file')).toEqual(['x.json', 'x.json (2)'])
    expect((await visitor.get('/files/x.json')).text).toBe('[1]')
    expect((await visitor.get('/files/x.json%20(2)')).text).toBe('[2]')
  })

  it.each([
    ['bytes=0-3', 206, 'abcd', 'bytes 0-3/10'],
    ['bytes=4-', 206, 'efghij', 'bytes 4-9/10'],
    ['bytes=-3', 206, 'hij', 'bytes 7-9/10'],
    ['bytes=8-99', 206, 'ij', 'bytes 8-9/10'],
    ['bytes=-99', 206, 'abcdefghij', 'bytes 0-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=5-4', 200, 'abcdefghij', undefined],
    ['bytes=0-1,3-4', 200, 'abcdefghij', undefined],
    ['lines=0-1', 200, 'abcdefghij', undefined],
  ])('is sent by the range %s', async (range, status, text, contentRange) => {
    const visitor = await visit({ 'a.json': 'abcdefghij' }, { names: ['a.json'] })
    const answer = await visitor.get('/files/a.json', { range })
    expect([answer.status, answer.text, answer.headers['content-range']]).toEqual([status, text, contentRange])
    expect(answer.headers['content-length']).toBe(String(text.length))
  })

  it('that was written anew is sent whole to one who has a part of the old one', async () => {
    const visitor = await visit({ 'a.json': 'abcdefghij' }, { names: ['a.json'] })
    const etag = (await visitor.get('/files/a.json')).headers['etag'] ?? ''
    const headers = { range: 'bytes=2-3', 'if-range': etag }
    expect((await visitor.get('/files/a.json', headers)).text).toBe('cd')
    writeFileSync(join(visitor.folder, 'a.json'), 'ABCDEFGHIJK')
    expect((await visitor.get('/files/a.json', headers)).text).toBe('ABCDEFGHIJK')
  })

  // More than what lies in the buffers of the sockets, so that sending is still under way.
  const long = 64 << 20

  it('that grows while it is sent arrives as it was', async () => {
    const visitor = await visit({ 'a.json': 'x' }, { names: ['a.json'] })
    const file = join(visitor.folder, 'a.json')
    truncateSync(file, long)
    const grow = (): void => appendFileSync(file, 'more')
    const { headers, text, isWhole } = await visitor.get('/files/a.json', {}, 'GET', grow)
    expect(isWhole).toBe(true)
    expect(String(text.length)).toBe(headers['content-length'])
    expect((await visitor.get('/files/a.json', { range: 'bytes=-4' })).text).toBe('more')
  })

  it('that shrinks while it is sent breaks the connection', async () => {
    const visitor = await visit({ 'a.json': 'x' }, { names: ['a.json'] })
    const file = join(visitor.folder, 'a.json')
    truncateSync(file, long)
    // A connection that is kept would leave the browser waiting.
    const kept = { connection: 'keep-alive' }
    const { status, isWhole } = await visitor.get('/files/a.json', kept, 'GET', () => truncateSync(file, 1000))
    expect([status, isWhole]).toEqual([200, false])
    expect((await visitor.get('/files/a.json')).isWhole).toBe(true)
  })

  it('that vanishes while it is sent arrives, and is gone then', async () => {
    const visitor = await visit({ 'a.json': 'x' }, { names: ['a.json'] })
    const file = join(visitor.folder, 'a.json')
    truncateSync(file, long)
    const { text, isWhole } = await visitor.get('/files/a.json', {}, 'GET', () => rmSync(file))
    expect([text.length, isWhole]).toEqual([long, true])
    expect((await visitor.get('/files/a.json')).status).toBe(404)
    expect((await visitor.get('/files/')).text).toContain('"files":[]')
  })
})

describe('the list of a folder', () => {
  it('shows names, sizes and dates as text, whatever the names are', async () => {
    const name = '<b onclick=alert(1)>&".json'
    const folder = await visit({ [name]: TRACE, 'plain.pftrace': '' })
    const { text } = await folder.get('/')
    expect(text).toContain('2 traces in')
    expect(text).toContain('<bdi>&lt;b onclick=alert(1)&gt;&amp;&quot;.json</bdi>')
    expect(text).toContain(`<a href="./?file=${encodeURIComponent(name)}">`)
    expect(text).not.toContain('<b ')
    expect(text).toMatch(/<time datetime="\d{4}-/)
  })

  it('gives way to the page once a trace was chosen', async () => {
    const folder = await visit({ 'a.json': TRACE })
    expect((await folder.get('/?file=a.json')).text).toBe('<title>Viewer</title>')
  })

  it('says so when there is none', async () => {
    const folder = await visit({})
    expect((await folder.get('/')).text).toContain('There is no trace here yet.')
  })

  it('finds out how long a trace is', async () => {
    const folder = await visit({ 'a.json': TRACE, 'bad.json': '{"traceEvents": 7}' })
    expect(await folder.get('/span?file=a.json')).toMatchObject({ status: 200, text: '{"span":"2.00 ms"}' })
    const bad: unknown = JSON.parse((await folder.get('/span?file=bad.json')).text)
    expect(bad).toEqual({ span: null, reason: expect.stringContaining("bad.json' is not a trace") })
    expect(await folder.get('/span?file=none.json')).toMatchObject({ status: 404 })
  })
})
