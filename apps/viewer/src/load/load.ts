import type { Report, Source } from './messages.js'
import LoadWorker from './worker.js?worker'

/** A file on its way. */
export interface Load {
  /** Ends the worker; nothing more is said. */
  cancel(): void
}

/** Reads a file in a worker of its own, so that the page stays usable, and a cancelled one leaves nothing. */
export function load(source: Source, onReport: (report: Report) => void): Load {
  const worker = new LoadWorker()
  worker.addEventListener('message', ({ data }: MessageEvent<Report>) => {
    if (data.kind !== 'progress') worker.terminate()
    onReport(data)
  })
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    worker.terminate()
    const reason = event.message === '' ? 'the worker that reads it ended, perhaps for want of memory' : event.message
    onReport({ kind: 'failed', message: `The file could not be read: ${reason}.`, isMemory: event.message === '' })
  })
  worker.postMessage(source)
  return { cancel: () => worker.terminate() }
}
