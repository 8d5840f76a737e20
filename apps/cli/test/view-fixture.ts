import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { pageFiles } from '../src/view/page-files.js'
import { ViewServer } from '../src/view/server.js'
import { sharedFiles, sharedFolder } from '../src/view/shared-files.js'
import { Sources } from '../src/view/sources.js'
import { tempFolder } from './temp-folder.js'

export const TRACE = '[{"ph":"X","name":"main","pid":1,"tid":1,"ts":0,"dur":2000}]'

const PAGE = { 'index.html': '<title>Viewer</title>', 'assets/main.js': 'document.title = "Viewer"' }

/** What a server answered. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Whether all that was promised came. */
  readonly isWhole: boolean
}

/** A server over files of its own, which ends with the test, and a browser's place in front of it. */
export class Visitor {
  readonly server: ViewServer
  readonly folder: string
  #cookie = ''

  constructor(server: ViewServer, folder: string) {
    this.server = server
    this.folder = folder
  }

  /** Comes in by the address, as a browser does. */
  async enter(address = this.server.address): Promise<Answer> {
    const { pathname, search } = new URL(address)
    const answer = await this.get(pathname + search)
    this.#cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    return answer
  }

  /** @param onHead called when the first bytes have come */
  get(path: string, headers: Record<string, string> = {}, method = 'GET', onHead?: () => void): Promise<Answer> {
    const cookie: Record<string, string> = this.#cookie === '' ? {} : { cookie: this.#cookie }
    return new Promise((resolve, reject) => {
      const asked = request({ port: this.server.port, path, method, headers: { ...cookie, ...headers }, agent: false })
      asked.once('error', reject)
      asked.once('response', (response) => {
        const { statusCode: status = 0, headers } = response
        let text = ''
        onHead?.()
        response.setEncoding('latin1').on('data', (piece: string) => {
          text += piece
        })
        response.once('error', () => {})
        response.once('close', () => {
          resolve({ status, headers, text, isWhole: response.complete })
        })
      })
      asked.end()
    })
  }

  /** Sends lines as they are, which no client would, and gives the line of the status. */
  raw(lines: readonly string[]): Promise<string> {
    const cookie = this.#cookie === '' ? [] : [`Cookie: ${this.#cookie}`]
    return new Promise((resolve, reject) => {
      const socket = connect(this.server.port, '127.0.0.1')
      let text = ''
      socket.setEncoding('latin1').on('data', (piece: string) => {
        text += piece
      })
      socket.once('error', reject)
      socket.once('close', () => {
        resolve(text.split('\r\n')[0])
      })
      socket.write([...lines, ...cookie, 'Connection: close', '', ''].join('\r\n'))
    })
  }
}

/** What of the files is served: these, or a folder; that of all unless one is named. */
export interface Given {
  readonly names?: readonly string[]
  readonly folder?: string
  readonly sources?: readonly string[]
}

/** Serves a part of the files, and lets nobody in yet. */
export async function serve(files: Readonly<Record<string, string>>, given: Given = {}): Promise<Visitor> {
  const { names, sources = [] } = given
  const folder = tempFolder(files)
  const inFolder = (name: string): string => join(folder, name)
  const server = await ViewServer.start(
    {
      shared:
        names === undefined ? await sharedFolder(inFolder(given.folder ?? '')) : await sharedFiles(names.map(inFolder)),
      sources: await Sources.of(sources.map(inFolder)),
      page: await pageFiles(tempFolder(PAGE)),
    },
    0,
  )
  onTestFinished(() => server.close())
  return new Visitor(server, folder)
}

/** Like {@link serve}, and already inside. */
export async function visit(...args: Parameters<typeof serve>): Promise<Visitor> {
  const visitor = await serve(...args)
  await visitor.enter()
  return visitor
}
