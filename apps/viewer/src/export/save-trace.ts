import { active, notice, range, trace } from '../state/state.js'
import { derivedName, download } from './download.js'
import { traceWithin } from './smaller-trace.js'
import { traceBytes } from './trace-bytes.js'

/** Saves what is shown: the range, where one is chosen. */
export async function saveTrace(): Promise<void> {
  const shown = trace.value
  const file = active.value
  if (shown === undefined || file === undefined) return
  const part = range.value
  notice.value = 'Writing the trace.'
  const bytes = await traceBytes(part === undefined ? shown : traceWithin(shown, part))
  download(bytes, derivedName(file.name, part === undefined ? '.pftrace' : '-part.pftrace'))
  notice.value = 'The trace is saved.'
}
