import { TraceBuilder, TracerError, type ReadTrace } from '@tracer/core'
import { HEADER, parseStack } from './stack-line.js'
import { linesOf, type Line } from './lines.js'

/**
 * Reads stacks of any program: laid end to end on one thread, a nanosecond for each count; what
 * a line has in common with the one before it goes on. @throws TracerError `NOT_A_TRACE`
 */
export async function readStacks(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ReadTrace> {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 0, name: '', commandLine: [] })
  const thread = builder.addThread({ process, tid: 0, name: '' }, 'by-level')
  const sites = new Map<string, number>()
  const open: { readonly site: number; readonly startNs: number }[] = []
  let nowNs = 0
  let [stacks, skipped] = [0, 0]
  let firstBad: Line | undefined
  let isOurs = false

  const siteOf = (name: string): number => {
    const known = sites.get(name)
    if (known !== undefined) return known
    const site = builder.addSite({ kind: 'function', name, file: '', line: 0, column: 0 })
    sites.set(name, site)
    return site
  }
  const endFrom = (level: number): void => {
    for (let top = open.pop(); top !== undefined; top = open.length > level ? open.pop() : undefined) {
      builder.addNestedSlice(thread, top.site, top.startNs, nowNs, open.length)
    }
  }

  for await (const line of linesOf(source, notATrace)) {
    isOurs ||= `${line.text}\n` === HEADER
    if (line.text.trim() === '' || line.text.startsWith('#')) continue
    const stack = parseStack(line.text)
    if (stack === undefined) {
      firstBad ??= line
      skipped++
      continue
    }
    stacks++
    const path = stack.frames.map(siteOf)
    let level = 0
    while (level < open.length && open[level].site === path[level]) level++
    if (level < open.length) endFrom(level)
    for (const site of path.slice(level)) open.push({ site, startNs: nowNs })
    nowNs += stack.count
  }
  if (open.length > 0) endFrom(0)

  const place =
    firstBad === undefined ? '' : `at byte ${firstBad.offset.toLocaleString('en-US')}, ${shown(firstBad.text)}`
  if (stacks === 0 && firstBad !== undefined) throw notATrace(`the first line, ${place}, is no stack`)
  if (stacks === 0 && !isOurs) throw notATrace('the file has no lines')
  const warning = `Lines that are no stacks were skipped: ${skipped.toLocaleString('en-US')}, the first ${place}.`
  const trace = builder.build({ producer: 'unknown', clock: 'unknown', originNs: 0, originEpochMs: 0 })
  return { trace, warnings: skipped > 0 ? [warning] : [] }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}

function notATrace(cause: string): TracerError {
  const advice = 'Give a file with a stack and a count in each line: main;parse;scan 12.'
  return new TracerError('NOT_A_TRACE', `Cannot read the trace: ${cause}. ${advice}`)
}
