import { callTree, diffTrees, invertedTree, timeTree, type CallTree, type TrackSelection } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { flamegraphHtml, flamegraphSvg, type FlameContent } from '@tracer/flamegraph'
import { bytes, counted } from '@tracer/text-format'
import { basename } from 'node:path'
import { CliError } from '../cli-error.js'
import type { FlamegraphOptions, FlamegraphOrder } from '../options/flamegraph-options.js'
import { prepareOutput } from '../formats/output-file.js'
import { readTraceFile } from '../formats/read-trace.js'
import { savePieces } from '../formats/save-trace.js'
import { widthOf, type Io, type Outcome } from '../io.js'
import { printable } from '../text/cell.js'
import { labelledLines } from '../text/labelled.js'

const TREES: Readonly<Record<FlamegraphOrder, (trace: Trace, selection: TrackSelection) => CallTree>> = {
  grouped: callTree,
  'by-time': timeTree,
  inverted: invertedTree,
}

/**
 * `tracer flamegraph`: draws the call tree of a trace, or with `--diff` what became of one, as SVG or HTML.
 * @throws CliError with code `WRONG_USAGE`, `UNKNOWN_FORMAT`, and what reading and writing throw.
 */
export async function drawFlamegraph(options: FlamegraphOptions, files: readonly string[], io: Io): Promise<Outcome> {
  checkUsage(options, files)
  const draw = drawerFor(options.output)
  const output = prepareOutput(options.output, io.cwd)
  const traces: Trace[] = []
  for (const file of files) {
    const { trace, warnings } = await readTraceFile(file, io.cwd, options.serializer)
    for (const warning of warnings) io.stderr.write(`tracer: ${printable(warning)}\n`)
    traces.push(trace)
  }
  const content = contentOf(traces, options)
  const text = await draw(content, { ...options, title: options.title ?? titleOf(files) })
  const size = await savePieces([new TextEncoder().encode(text)], output, {
    signal: new AbortController().signal,
    what: 'flamegraph',
    recovery: 'Choose another place: -o <file>',
  })
  const paths = 'diff' in content ? content.diff.length : content.tree.length
  const written = `${output.name} (${bytes(size)}, ${counted(paths, 'path')} of calls)`
  io.stderr.write(`${labelledLines([{ label: 'Written', texts: [written] }], widthOf(io.stderr)).join('\n')}\n`)
  return { exitCode: 0 }
}

function checkUsage({ diff, order }: FlamegraphOptions, files: readonly string[]): void {
  const wanted = diff ? 2 : 1
  if (files.length !== wanted) {
    const what = diff ? 'needs two files, the one before and the one after' : 'draws one file; two with --diff'
    throw new CliError(
      'WRONG_USAGE',
      `'tracer flamegraph' ${what}.`,
      'For example: tracer flamegraph --diff before.pftrace after.pftrace -o diff.html',
    )
  }
  if (diff && order === 'by-time') {
    throw new CliError(
      'WRONG_USAGE',
      'Two files have no common order of time.',
      'With --diff: --order grouped or --order inverted',
    )
  }
}

type Drawer = (content: FlameContent, options: DrawOptions) => string | Promise<string>
type DrawOptions = FlamegraphOptions & { readonly title: string }

const DRAWERS: Readonly<Record<string, Drawer>> = {
  '.svg': (content, { color, ...options }) =>
    flamegraphSvg(content, { ...options, colorBy: color, interactive: !options.static }),
  '.html': (content, { color, ...options }) => flamegraphHtml(content, { ...options, colorBy: color }),
}

function drawerFor(output: string): Drawer {
  const ending = /\.[^.]*$/.exec(output.toLowerCase())?.[0] ?? ''
  const drawer = DRAWERS[ending === '.htm' ? '.html' : ending]
  if (drawer !== undefined) return drawer
  throw new CliError(
    'UNKNOWN_FORMAT',
    `A flamegraph is a .svg or a .html file, not '${output}'.`,
    'For example: -o flamegraph.svg',
  )
}

function contentOf(traces: readonly Trace[], { order, thread, raw }: FlamegraphOptions): FlameContent {
  const trees = traces.map((trace) => {
    const threads = thread === undefined ? {} : { threads: threadsCalled(trace, thread) }
    return { trace, tree: TREES[order](trace, { raw, ...threads }) }
  })
  const [first, second] = trees
  if (second !== undefined) return { diff: diffTrees(first, second) }
  return { tree: first.tree, sites: first.trace.sites, isInverted: order === 'inverted' }
}

function threadsCalled({ threads }: Trace, wanted: string): number[] {
  const found = [...threads.keys()].filter((index) => {
    const { name, tid } = threads[index]
    return name === wanted || String(tid) === wanted
  })
  if (found.length > 0) return found
  const known = [...new Set(threads.map(({ name, tid }) => (name === '' ? String(tid) : name)))].slice(0, 10)
  throw new CliError(
    'WRONG_USAGE',
    `There is no thread '${wanted}'.`,
    `There ${known.length === 1 ? 'is' : 'are'}: ${known.map(printable).join(', ')}`,
  )
}

function titleOf(files: readonly string[]): string {
  return files.map((file) => basename(file)).join(' → ')
}
