import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'

const require = createRequire(import.meta.url)
const DIST = dirname(require.resolve('@tracer/viewer/page.html'))
const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
])

/**
 * Serves the viewer's page, and the files of a folder below `/files/`. Ends with the process.
 *
 * @param {string} folder
 * @returns {Promise<string>} the origin
 */
export async function serveViewer(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname)
    const file = path.startsWith('/files/')
      ? join(folder, path.slice(7))
      : join(DIST, path === '/' ? 'index.html' : path)
    stat(file).then(
      (found) => {
        if (!found.isFile()) return void response.writeHead(404).end()
        response.setHeader('content-type', TYPES.get(extname(file)) ?? 'application/octet-stream')
        response.setHeader('content-length', found.size)
        createReadStream(file, { highWaterMark: 1024 * 1024 }).pipe(response)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)))
  server.unref()
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port for the page')
  return `http://127.0.0.1:${address.port}`
}

/** The page as one file, without a trace. */
export const SINGLE_PAGE = join(DIST, 'page.html')
