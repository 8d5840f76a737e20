import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { stat } from 'node:fs/promises'
import { once } from 'node:events'
import { CliError, systemCode } from '../cli-error.js'
import { admit, type Wanted } from './admission.js'
import { FOLDER_PARTS, folderPage } from './folder-page.js'
import { Keys } from './keys.js'
import { markup } from './markup.js'
import { Opening } from './opening.js'
import type { PageFile } from './page-files.js'
import { SECURITY_HEADERS } from './security-headers.js'
import { sendFile } from './send-file.js'
import type { Shared } from './shared-files.js'
import type { Sources } from './sources.js'
import { SpanReader } from './span-reader.js'

/** Only this machine, whatever its network looks like. */
const HOST = '127.0.0.1'
const HTML = 'text/html; charset=utf-8'
const PLAIN = 'text/plain; charset=utf-8'
const BYTES = 'application/octet-stream'

/** What a server has to give. */
export interface Served {
  readonly shared: Shared
  readonly sources: Sources
  readonly page: ReadonlyMap<string, PageFile>
}

/** Serves the page and the traces that were given, and nothing else, to whoever has the key. */
export class ViewServer {
  readonly port: number
  /** Settles when the page and what it was to show were loaded. */
  readonly loaded: Promise<void>
  readonly #served: Served
  readonly #server: Server
  readonly #keys: Keys
  readonly #opening: Opening
  readonly #end = new AbortController()
  readonly #spans = new SpanReader(this.#end.signal)

  private constructor(served: Served, server: Server, port: number) {
    this.#served = served
    this.#server = server
    this.port = port
    this.#keys = new Keys(port)
    this.#opening = new Opening(served.shared.folder === undefined ? served.shared.names : undefined)
    this.loaded = this.#opening.done
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#serve(request, response)
    })
  }

  /** @throws CliError with code `PORT_NOT_FREE`. */
  static async start(served: Served, port: number): Promise<ViewServer> {
    const server = createServer()
    try {
      server.listen(port, HOST)
      await once(server, 'listening')
    } catch (error) {
      throw portNotFree(port, error)
    }
    const address = server.address()
    return new ViewServer(served, server, typeof address === 'object' && address !== null ? address.port : port)
  }

  /** The address to print, which opens as often as it is used. */
  get address(): string {
    return this.#addressWith(this.#keys.printed)
  }

  /** An address that opens once. */
  addressForOnce(): string {
    return this.#addressWith(this.#keys.once())
  }

  /** Ends at once, also in the middle of a file. */
  async close(): Promise<void> {
    this.#end.abort()
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  #addressWith(key: string): string {
    const query = new URLSearchParams({ token: key })
    for (const name of this.#served.shared.names) query.append('file', name)
    return `http://${HOST}:${this.port}/?${query.toString()}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#opening.requestBegins()
    try {
      await this.#answer(request, response)
    } catch {
      // Nothing of this may end the server; what is half sent cannot be mended.
      if (response.headersSent) response.destroy()
      else send(request, response, 500, PLAIN, 'The file cannot be read.')
    } finally {
      this.#opening.requestEnds()
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = admit(request, this.port, this.#keys)
    if ('status' in wanted) return send(request, response, wanted.status, PLAIN, wanted.reason)
    const { path, query } = wanted
    if (path === '/') return this.#sendStart(request, response, wanted)
    if (path === '/files/') return send(request, response, 200, 'application/json', await this.#list())
    if (path.startsWith('/files/')) return this.#sendTrace(request, response, path.slice('/files/'.length))
    if (path === '/source') {
      const source = await this.#served.sources.find(query.get('file') ?? '')
      await this.#sendFrom(request, response, source, PLAIN)
      return
    }
    if (path === '/span') return this.#sendSpan(request, response, query.get('file') ?? '')
    const part = FOLDER_PARTS.get(path)
    if (part !== undefined) return send(request, response, 200, part.type, part.text)
    const file = this.#served.page.get(path)
    await this.#sendFrom(request, response, file?.path, file?.type ?? BYTES)
  }

  /** The page; the list of a folder until a file was chosen; and before both, the way in by a key. */
  async #sendStart(request: IncomingMessage, response: ServerResponse, { query, cookie }: Wanted): Promise<void> {
    if (cookie !== undefined) {
      query.delete('token')
      response.setHeader('set-cookie', cookie)
      return send(request, response, 200, HTML, onwardPage(query))
    }
    const { shared, page } = this.#served
    if (shared.folder !== undefined && !query.has('file')) {
      return send(request, response, 200, HTML, folderPage(shared.folder, await shared.list()))
    }
    const file = page.get('/index.html')
    if (await this.#sendFrom(request, response, file?.path, HTML)) this.#opening.pageArrived()
  }

  async #sendTrace(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const path = await this.#served.shared.find(name)
    if (await this.#sendFrom(request, response, path, BYTES)) this.#opening.fileArrived(name)
  }

  /** Whether the file went out to its end. */
  async #sendFrom(
    request: IncomingMessage,
    response: ServerResponse,
    path: string | undefined,
    type: string,
  ): Promise<boolean> {
    if (path !== undefined) {
      const headers = { ...SECURITY_HEADERS, 'content-type': type }
      const { found, isToTheEnd } = await sendFile(request, response, path, headers)
      if (found) return isToTheEnd
    }
    send(request, response, 404, PLAIN, 'There is no such file.')
    return false
  }

  async #sendSpan(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const path = await this.#served.shared.find(name)
    const found = path === undefined ? undefined : await stat(path).catch(() => undefined)
    if (path === undefined || found === undefined) return send(request, response, 404, PLAIN, 'There is no such file.')
    // Not as a failure of the request: the page asks for whatever the folder holds, and consoles list failures.
    const answer = await this.#spans.spanOf(path, `${found.size} ${found.mtimeMs}`).then(
      (span) => ({ span }),
      (error: unknown) => ({ span: null, reason: error instanceof Error ? error.message : String(error) }),
    )
    send(request, response, 200, 'application/json', JSON.stringify(answer))
  }

  async #list(): Promise<string> {
    const { shared, sources } = this.#served
    return JSON.stringify({ folder: shared.folder ?? null, files: await shared.list(), sources: !sources.isEmpty })
  }
}

function send(request: IncomingMessage, response: ServerResponse, status: number, type: string, text: string): void {
  const body = Buffer.from(text)
  const allow = status === 405 ? { allow: 'GET, HEAD' } : {}
  response.writeHead(status, { ...SECURITY_HEADERS, ...allow, 'content-type': type, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * Leads on to the address without the key. By a page and not by a redirection: a browser that was led here from
 * elsewhere would not send a cookie of `SameSite=Strict` along with one.
 */
function onwardPage(query: URLSearchParams): string {
  const address = `./${query.size === 0 ? '' : `?${query.toString()}`}`
  return markup`<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=${address}">
<title>Tracer</title>
<link rel="icon" href="data:,">
<a href="${address}">To the trace</a>
`.text
}

function portNotFree(port: number, error: unknown): CliError {
  const code = systemCode(error)
  const reason =
    code === 'EADDRINUSE'
      ? `Port ${port} is in use.`
      : code === 'EACCES'
        ? `Port ${port} is not for everybody.`
        : `Port ${port} cannot be used: ${error instanceof Error ? error.message : String(error)}.`
  return new CliError('PORT_NOT_FREE', reason, 'Name another, or leave --port away: a free one is found.', {
    cause: error,
  })
}
