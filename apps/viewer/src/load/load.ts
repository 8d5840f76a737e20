import type { ReadRequest, Report, ServedFile } from './messages.js'
import { largeBytes } from './large-files.js'
import LoadWorker from './worker.js?worker'

/** A file on its way. */
export interface Load {
  /** Ends the worker; nothing more is said. */
  cancel(): void
}

/** A worker that reads, and what it said before anybody listened. */
interface Begun {
  readonly worker: Worker
  readonly said: Report[]
  onReport: ((report: Report) => void) | undefined
}

/** Files that are read before the page asks for them, by their address. */
const ahead = new Map<string, Begun[]>()

/** Begins to read a file that the page will ask for. */
export function readAhead(source: ServedFile): void {
  const begun = begin({ source, largeBytes: largeBytes() })
  ahead.set(source.url, [...(ahead.get(source.url) ?? []), begun])
}

/** Reads a file in a worker of its own, so that the page stays usable, and a cancelled one leaves nothing. */
export function load(request: ReadRequest, onReport: (report: Report) => void): Load {
  const begun = begunFor(request) ?? begin(request)
  begun.onReport = onReport
  // Who asked does not know yet that it is on its way.
  queueMicrotask(() => begun.said.splice(0).forEach(onReport))
  return { cancel: () => begun.worker.terminate() }
}

function begunFor({ source, part }: ReadRequest): Begun | undefined {
  return source.kind === 'url' && part === undefined ? ahead.get(source.url)?.shift() : undefined
}

function begin(request: ReadRequest): Begun {
  const worker = new LoadWorker()
  const begun: Begun = { worker, said: [], onReport: undefined }
  const say = (report: Report): void => {
    if (report.kind !== 'progress') worker.terminate()
    if (begun.onReport === undefined) begun.said.push(report)
    else begun.onReport(report)
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Report>) => say(data))
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    const reason = event.message === '' ? 'the worker that reads it ended, perhaps for want of memory' : event.message
    say({ kind: 'failed', message: `The file could not be read: ${reason}.`, isMemory: event.message === '' })
  })
  worker.postMessage(request)
  return begun
}
