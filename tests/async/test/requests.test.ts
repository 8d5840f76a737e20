import { asyncTree } from '@tracer/async-tree'
import type { Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { NODES } from './nodes.js'
import { recorded } from './recorded.js'

/** A server that asks itself, in every way that a program has to send a request. */
const PROGRAM = `
  import http from 'node:http'
  const urlOf = (path) => 'http://127.0.0.1:' + server.address().port + path
  const viaHttp = (path) => new Promise((done) => {
    http.get(urlOf(path), function answered(response) { response.resume().on('end', done) })
  })
  async function look() { await null; await viaHttp('/inner') }
  async function ask() {
    const response = await fetch(urlOf('/asked'), { method: 'POST', body: 'x' })
    await response.text()
  }
  async function handle(request, response) {
    if (request.url === '/outer/1') { await look(); await ask() }
    if (request.url === '/outer/2') await Promise.all([look(), ask()])
    response.end()
  }
  const server = http.createServer(handle)
  server.listen(0, '127.0.0.1', async function client() {
    await viaHttp('/outer/1')
    await viaHttp('/outer/2')
    server.close()
  })
`

/** Requests that came in at the top, and below each the named tasks that it caused; those of the client are left out. */
function requestTrees(trace: Trace): string[] {
  const tree = asyncTree(trace)
  const trees: string[] = []
  for (let node = 0; node < tree.length; node = tree.subtreeEnd[node]) {
    const track = trace.tracks[tree.track[node]]
    if (track.kind !== 'async' || track.name !== 'incoming requests') continue
    const lines: string[] = []
    for (let below = node; below < tree.subtreeEnd[node]; below++) {
      const name = trace.sites[tree.site[below]].name.replace(/:\d+/, '')
      if (!['answered', '(anonymous)'].includes(name)) lines.push('  '.repeat(tree.depth[below]) + name)
    }
    trees.push(lines.join('\n'))
  }
  return trees.sort()
}

describe.each(NODES)('a request, on $title', ({ path }) => {
  it.each([{ async: true }, {}])('causes what its handler does and what it sends: %o', async (options) => {
    const outer = `
GET /outer/:id
  handle
    look
      GET 127.0.0.1/inner
    ask
      POST 127.0.0.1/asked
`.trim()
    const trace = await recorded(path, PROGRAM, options)
    const small = ['GET /inner\n  handle', 'POST /asked\n  handle']
    expect(requestTrees(trace)).toEqual([small[0], small[0], outer, outer, small[1], small[1]])
  })
})
