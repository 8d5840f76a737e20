import { active, notice, range, trace } from '../state/state.js'
import { traceWithin } from './smaller-trace.js'
import { traceBytes } from './trace-bytes.js'

const PERFETTO = 'https://ui.perfetto.dev'
const ASK_EVERY_MS = 100
const GIVE_UP_AFTER_MS = 20_000

/** Opens Perfetto's page and gives it the trace, as that page asks to be given one: by messages, not over the network. */
export async function openInPerfetto(): Promise<void> {
  const shown = trace.value
  const file = active.value
  if (shown === undefined || file === undefined) return
  if (!navigator.onLine) {
    notice.value = 'Perfetto cannot be opened: this machine is offline. Save the trace and open it there later.'
    return
  }
  // Without waiting first: a browser opens a window only while it handles a click.
  const page = window.open(PERFETTO)
  if (page === null) {
    notice.value = 'The browser did not let the page open another tab.'
    return
  }
  if (page.closed) {
    notice.value = 'Perfetto is open, but this page may not talk to it. Save the trace and drop it there.'
    return
  }
  const part = range.value
  const buffer = await (await traceBytes(part === undefined ? shown : traceWithin(shown, part))).arrayBuffer()
  if (await answers(page)) {
    page.postMessage({ perfetto: { buffer, title: file.name, keepApiOpen: false } }, PERFETTO, [buffer])
    notice.value = 'Perfetto has the trace.'
  } else {
    notice.value = 'Perfetto does not answer. Save the trace and open it there by hand.'
  }
}

/** Whether the page is there and listens: it is asked until it says so. */
function answers(page: Window): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isThere: boolean): void => {
      clearInterval(asking)
      clearTimeout(patience)
      removeEventListener('message', onMessage)
      resolve(isThere)
    }
    const onMessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
      if (source === page && origin === PERFETTO && data === 'PONG') end(true)
    }
    addEventListener('message', onMessage)
    const asking = setInterval(() => page.postMessage('PING', PERFETTO), ASK_EVERY_MS)
    const patience = setTimeout(() => end(false), GIVE_UP_AFTER_MS)
  })
}
