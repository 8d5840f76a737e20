import type { Trace } from '@tracer/core'
import { columnsText, milliseconds } from './columns.js'
import { StackNodes } from './stack-nodes.js'
import { markerColumns, MARKER_SCHEMA } from './markers.js'
import { StringIndex } from './string-index.js'

/**
 * The version of the format that is written: the last one in which each thread has tables of its own. The
 * profiler lifts older files to its own version, and programs that read such files know this one.
 */
const FORMAT_VERSION = 57

/** Of files that Firefox itself makes; the profiler asks for it. */
const GECKO_VERSION = 30

/** The text of a profile. `meta` comes first: by it other programs recognise the format. */
export function* profileParts(trace: Trace): Generator<string, void, undefined> {
  const strings = new StringIndex()
  yield `{"meta":${metaText(trace)},\n"libs":[],\n"threads":[`
  let separator = ''
  for (const thread of trace.threads.keys()) {
    yield separator
    yield* threadParts(trace, thread, strings)
    separator = ','
  }
  yield '\n],\n"shared":{"stringArray":['
  separator = '\n'
  for (const text of strings.texts) {
    yield separator
    yield JSON.stringify(text)
    separator = ',\n'
  }
  yield '\n]}}\n'
}

function metaText(trace: Trace): string {
  const { producer, originEpochMs } = trace.metadata
  return JSON.stringify({
    interval: 1,
    startTime: Number.isFinite(originEpochMs) ? originEpochMs : 0,
    processType: 0,
    product: trace.processes[0]?.name === '' ? 'Tracer' : (trace.processes[0]?.name ?? 'Tracer'),
    importedFrom: producer,
    stackwalk: 0,
    version: GECKO_VERSION,
    preprocessedProfileVersion: FORMAT_VERSION,
    debug: false,
    symbolicated: true,
    categories: [
      { name: 'Other', color: 'grey', subcategories: ['Other'] },
      { name: 'JavaScript', color: 'yellow', subcategories: ['Other'] },
    ],
    markerSchema: MARKER_SCHEMA,
    sampleUnits: { time: 'ms', eventDelay: 'ms', threadCPUDelta: 'ns' },
  })
}

function* threadParts(trace: Trace, thread: number, strings: StringIndex): Generator<string, void, undefined> {
  const { process, tid, name } = trace.threads[thread]
  const { pid, name: processName } = trace.processes[process]
  const nodes = new StackNodes()
  for (const track of trace.tracks) if (track.kind === 'thread' && track.thread === thread) nodes.add(track.slices)
  const facts = {
    processType: 'default',
    processName,
    processStartupTime: 0,
    processShutdownTime: null,
    registerTime: 0,
    unregisterTime: null,
    pausedRanges: [],
    name: name === '' ? `thread ${tid}` : name,
    isMainThread: tid === pid,
    pid: String(pid),
    tid,
  }
  yield `\n{${JSON.stringify(facts).slice(1, -1)},\n"samples":`
  yield* columnsText(
    {
      stack: () => map(nodes.samples(), ({ node }) => (node === undefined ? 'null' : String(node))),
      time: () => map(nodes.samples(), ({ timeNs }) => milliseconds(timeNs)),
      weight: () => map(nodes.samples(), ({ weightNs }) => milliseconds(weightNs)),
    },
    { weightType: 'tracing-ms' },
  )
  yield ',\n"markers":'
  yield* columnsText(markerColumns(trace, thread, strings))
  yield ',\n"stackTable":'
  yield* columnsText({
    prefix: () => map(nodes.parents, (parent) => (parent === -1 ? 'null' : String(parent))),
    frame: () => map(nodes.functions, String),
  })
  const sites = nodes.sites.map((site) => trace.sites[site])
  const constant = (value: string) => () => map(sites, () => value)
  yield ',\n"frameTable":'
  yield* columnsText({
    address: constant('-1'),
    inlineDepth: constant('0'),
    category: constant('1'),
    subcategory: constant('0'),
    func: () => map(sites.keys(), String),
    nativeSymbol: constant('null'),
    innerWindowID: constant('0'),
    line: () => map(sites, ({ line }) => orNull(line)),
    column: () => map(sites, ({ column }) => orNull(column)),
  })
  yield ',\n"funcTable":'
  yield* columnsText({
    isJS: constant('true'),
    relevantForJS: constant('false'),
    name: () => map(sites, (site) => String(strings.of(site.name === '' ? '(anonymous)' : site.name))),
    resource: constant('-1'),
    fileName: () => map(sites, ({ file }) => (file === '' ? 'null' : String(strings.of(file)))),
    lineNumber: () => map(sites, ({ line }) => orNull(line)),
    columnNumber: () => map(sites, ({ column }) => orNull(column)),
  })
  yield ',\n"resourceTable":{"length":0,"lib":[],"name":[],"host":[],"type":[]}'
  yield ',\n"nativeSymbols":{"length":0,"libIndex":[],"address":[],"name":[],"functionSize":[]}}'
}

function* map<Value>(values: Iterable<Value>, text: (value: Value) => string): Generator<string, void, undefined> {
  for (const value of values) yield text(value)
}

function orNull(position: number): string {
  return position > 0 ? String(position) : 'null'
}
