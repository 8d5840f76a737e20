import { TraceBuilder, TracerError } from '@tracer/core'

const HEADER = 'process,thread,name,file,line,startNs,durationNs'

/**
 * Slices as comma-separated values, for spreadsheets and `awk`.
 *
 * @returns {import('@tracer/core').TraceSerializer}
 */
export default function csv() {
  return { id: 'csv', extensions: ['.csv'], serialize, omits, detect, deserialize }
}

/** @param {import('@tracer/core').Trace} trace */
function* serialize(trace) {
  const encoder = new TextEncoder()
  yield encoder.encode(`${HEADER}\n`)
  for (const { thread, slices } of threadTracks(trace)) {
    const { process, tid } = trace.threads[thread]
    for (let i = 0; i < slices.length; i++) {
      const { name, file, line } = trace.sites[slices.site[i]]
      const row = [trace.processes[process].pid, tid, name, file, line, slices.startNs[i], slices.durationNs[i]]
      yield encoder.encode(`${row.map(quoted).join()}\n`)
    }
  }
}

/** @param {import('@tracer/core').Trace} trace */
function omits(trace) {
  const others = trace.tracks.length - threadTracks(trace).length
  return ['names of threads, kinds and columns of functions', ...(others > 0 ? [`${others} other tracks`] : [])]
}

/** @param {Uint8Array} head */
function detect(head) {
  return new TextDecoder().decode(head.subarray(0, HEADER.length)) === HEADER
}

/** @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} source */
async function deserialize(source) {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of source) text += decoder.decode(piece, { stream: true })
  if (!text.startsWith(`${HEADER}\n`)) throw new TracerError('NOT_A_TRACE', `The first line is not ${HEADER}.`)
  const builder = new TraceBuilder()
  const [processes, threads] = [new Map(), new Map()]
  const whole = text.slice(HEADER.length + 1, text.lastIndexOf('\n') + 1)
  for (const [, ...row] of whole.matchAll(/(\d+),(\d+),("(?:[^"]|"")*"),("(?:[^"]|"")*"),(\d+),(\d+),(\d+)\n/g)) {
    const [pid, tid, name, file, line, startNs, durationNs] = row.map(unquoted)
    const key = `${pid}:${tid}`
    if (!processes.has(pid)) processes.set(pid, builder.addProcess({ pid: Number(pid), name: '', commandLine: [] }))
    const process = processes.get(pid)
    if (!threads.has(key)) threads.set(key, builder.addThread({ process, tid: Number(tid), name: '' }))
    const site = builder.addSite({ kind: 'function', name, file, line: Number(line), column: 0 })
    builder.addSlice(threads.get(key), site, Number(startNs), Number(startNs) + Number(durationNs))
  }
  const isCut = !text.endsWith('\n')
  const trace = builder.build({ producer: '', clock: '', originNs: 0, originEpochMs: 0 })
  return { trace, warnings: isCut ? ['The file was cut: its last line was left out.'] : [] }
}

/** @param {import('@tracer/core').Trace} trace */
function threadTracks({ tracks }) {
  return tracks.filter((track) => track.kind === 'thread')
}

/** @param {string | number} cell */
function quoted(cell) {
  return typeof cell === 'number' ? Math.round(cell) : `"${cell.replaceAll('"', '""')}"`
}

/** @param {string} cell */
function unquoted(cell) {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
}
