import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { WebSocket } from 'ws'
import type { BareRun, RunOptions } from './tracer.js'
import { environmentOf } from './tracer.js'

/** Where a program stands still; lines and columns from 1. */
export interface Pause {
  readonly functionName: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly isAtBreakpoint: boolean
  readonly frame: string
}

/** A text that the program loaded. */
export interface Script {
  readonly id: string
  readonly url: string
  readonly sourceMapUrl: string
}

/** A program that waits for a debugger, and this debugger's connection to it. */
export class Debuggee {
  readonly scripts: Script[] = []
  readonly #socket: WebSocket
  readonly #end: Promise<BareRun>
  readonly #answers = new Map<number, (answer: Message) => void>()
  readonly #pauses: Pause[] = []
  #onPause: ((pause: Pause) => void) | undefined
  #lastId = 0

  private constructor(socket: WebSocket, end: Promise<BareRun>) {
    this.#socket = socket
    this.#end = end
    socket.on('message', (data: Buffer) => {
      this.#take(JSON.parse(data.toString()) as Message)
    })
  }

  /** Starts a command line that has Node.js wait for a debugger, and connects. */
  static async start(command: string, args: readonly string[], options: RunOptions): Promise<Debuggee> {
    const child = spawn(command, args, { ...options, env: environmentOf(command, options.env) })
    const end = endOf(child)
    const url = await urlOf(child)
    const socket = new WebSocket(url)
    await once(socket, 'open')
    child.stderr.on('data', (chunk) => {
      if (String(chunk).includes('Waiting for the debugger to disconnect')) socket.close()
    })
    return new Debuggee(socket, end)
  }

  /** Calls a method of the protocol. */
  async send(method: string, params: object = {}): Promise<Message> {
    const id = ++this.#lastId
    this.#socket.send(JSON.stringify({ id, method, params }))
    const answer = await new Promise<Message>((resolve) => this.#answers.set(id, resolve))
    if (answer['error'] !== undefined) throw new Error(`${method}: ${JSON.stringify(answer['error'])}`)
    return answer['result'] as Message
  }

  /** The next time that the program stands still. */
  async pause(): Promise<Pause> {
    return this.#pauses.shift() ?? (await new Promise((resolve) => (this.#onPause = resolve)))
  }

  /** The value of an expression where the program stands still. */
  async evaluate(expression: string, { frame }: Pause): Promise<unknown> {
    const parameters = { callFrameId: frame, expression, returnByValue: true }
    const { result } = (await this.send('Debugger.evaluateOnCallFrame', parameters)) as { result: { value: unknown } }
    return result.value
  }

  /** What the program printed, once it has ended. */
  end(): Promise<BareRun> {
    return this.#end
  }

  #take(message: Message): void {
    if (typeof message['id'] === 'number') this.#answers.get(message['id'])?.(message)
    const { params } = message
    if (message['method'] === 'Debugger.scriptParsed') {
      const { scriptId, url, sourceMapURL = '' } = params as Record<string, string>
      this.scripts.push({ id: scriptId, url, sourceMapUrl: sourceMapURL })
    }
    if (message['method'] !== 'Debugger.paused') return
    const { callFrames, hitBreakpoints = [] } = params as PausedParameters
    const [{ functionName, location, callFrameId }] = callFrames
    const url = this.scripts.find(({ id }) => id === location.scriptId)?.url ?? ''
    const pause: Pause = {
      functionName,
      file: url.replace(/^.*\//, ''),
      line: location.lineNumber + 1,
      column: location.columnNumber + 1,
      isAtBreakpoint: hitBreakpoints.length > 0,
      frame: callFrameId,
    }
    const waiting = this.#onPause
    this.#onPause = undefined
    if (waiting === undefined) this.#pauses.push(pause)
    else waiting(pause)
  }
}

type Message = Readonly<Record<string, unknown>>

interface PausedParameters {
  readonly callFrames: readonly {
    readonly callFrameId: string
    readonly functionName: string
    readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number }
  }[]
  readonly hitBreakpoints?: readonly string[]
}

/** Whether Node.js comes to say this depends on when the debugger's connection is closed. */
const ENDING = /Debugger ending on .*\n.*\n/

async function endOf(child: ChildProcess): Promise<BareRun> {
  if (child.stdout === null || child.stderr === null) throw new Error('the pipes were asked for')
  const [stdout, stderr, end] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { stdout, stderr: stderr.replace(/ws:\S+/g, 'ws:').replace(ENDING, ''), exitCode: end[0] as number | null }
}

async function urlOf(child: ChildProcess): Promise<string> {
  let stderr = ''
  for (;;) {
    const url = /ws:\S+(?=\n)/.exec(stderr)?.[0]
    if (url !== undefined) return url
    if (child.stderr === null) throw new Error('the pipe was asked for')
    const [chunk] = (await once(child.stderr, 'data')) as [Buffer]
    stderr += chunk.toString()
  }
}
