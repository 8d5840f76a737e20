import type { CounterTrack, InstantTable, Nanoseconds, ThreadIndex, Trace } from '@tracer/core'
import { count, counted, duration, percent } from '@tracer/text-format'
import { shortPath } from '../report/place.js'
import { printable } from '../text/cell.js'

/**
 * A few words on each thread whose event loop kept events waiting, or hardly waited for any itself; of these the worst
 * ones. A module's body is no such thing: while a program loads, nothing waits for it; nor is a thread that waits for
 * others on purpose.
 */
export function eventLoopTexts(trace: Trace, cwd: string, threads: readonly ThreadIndex[]): string[] {
  const loops = threads.flatMap((thread) => loopOf(trace, thread) ?? [])
  const useful = loops.filter(({ longestNs, isBusy }) => longestNs > 0 || isBusy)
  useful.sort((a, b) => b.longestNs - a.longestNs || b.busyShare - a.busyShare)
  const more = useful.length - FIRST_FEW
  return [
    ...useful.slice(0, FIRST_FEW).map((loop) => textOf(trace, loop, cwd)),
    ...(more > 0 ? [`and ${counted(more, 'thread')} more`] : []),
  ]
}

interface Loop {
  readonly thread: ThreadIndex
  readonly blocked: number
  /** 0 when it was never blocked. */
  readonly longestNs: Nanoseconds
  /** In which function most of that time went. */
  readonly longestIn: string
  readonly busyShare: number
  readonly knownNs: Nanoseconds
  readonly isBusy: boolean
}

function loopOf({ tracks, sites }: Trace, thread: ThreadIndex): Loop | undefined {
  const own = tracks.filter((track) => track.thread === thread)
  const counter = own.find((track) => track.kind === 'counter' && track.name === 'event loop utilization')
  if (counter?.kind !== 'counter') return undefined
  const all = own.flatMap((track) => (track.kind === 'thread' ? blocksIn(track.instants, sites) : []))
  const waits = all.filter(({ stack }) => stack.at(-1)?.startsWith('Atomics.wait') === true)
  const blocks = all.filter((block) => !waits.includes(block) && block.stack[0]?.startsWith('(module)') !== true)
  const longest = blocks.reduce((max, block) => (block.ms > max.ms ? block : max), { ms: 0, stack: [] as string[] })
  const turns = own.reduce((sum, track) => {
    const areTurns = track.kind === 'async' && track.slices.length > 0 && sites[track.slices.site[0]].kind === 'turn'
    return areTurns ? sum + track.slices.length : sum
  }, 0)
  const { busyShare, knownNs } = meanOf(counter)
  return {
    thread,
    blocked: blocks.length,
    longestNs: longest.ms * NS_PER_MS,
    longestIn: longest.stack.at(-1) ?? '',
    busyShare,
    knownNs,
    isBusy: busyShare >= BUSY_SHARE && turns >= MANY_TURNS && waits.length === 0,
  }
}

function blocksIn({ length, site, args }: InstantTable, sites: Trace['sites']): { ms: number; stack: string[] }[] {
  const blocks: { ms: number; stack: string[] }[] = []
  for (let i = 0; i < length; i++) {
    const text = args.get(i)
    if (sites[site[i]].name !== 'event loop blocked' || text === undefined) continue
    const { ms, stack } = JSON.parse(text) as { readonly ms?: unknown; readonly stack?: unknown }
    // Files of others may have anything there.
    if (typeof ms === 'number' && Array.isArray(stack)) blocks.push({ ms, stack: stack.map(String) })
  }
  return blocks
}

/** Each value is that of the time up to the next one. */
function meanOf({ samples: { length, timeNs, value } }: CounterTrack): { busyShare: number; knownNs: Nanoseconds } {
  const knownNs = length < 2 ? 0 : timeNs[length - 1] - timeNs[0]
  let busyNs = 0
  for (let i = 1; i < length; i++) busyNs += (value[i - 1] / 100) * (timeNs[i] - timeNs[i - 1])
  return { busyShare: knownNs === 0 ? 0 : busyNs / knownNs, knownNs }
}

function textOf({ threads, processes }: Trace, loop: Loop, cwd: string): string {
  const { tid, name, process } = threads[loop.thread]
  const thread = name === '' ? `thread ${tid}` : printable(name)
  const whose = processes.length > 1 ? ` of process ${processes[process].pid}` : ''
  const times = loop.blocked === 1 ? 'once' : `${count(loop.blocked)} times`
  const where = loop.longestIn === '' ? '' : `, in ${placeText(loop.longestIn, cwd)}`
  const blocked = `blocked ${times}, for ${duration(loop.longestNs)} at most${where}`
  const busy = `busy for ${percent(loop.busyShare)} of ${duration(loop.knownNs)}`
  return `${thread}${whose}: ${loop.blocked === 0 ? busy : `${blocked}; ${busy}`}`
}

/** `work src/app.ts:3` of what the recording has, a name and the whole path. */
function placeText(place: string, cwd: string): string {
  const [, name, file, line] = /^(.+?) ((?:\/|[A-Za-z]:\\).*):(\d+)$/.exec(place) ?? []
  return printable(name === undefined ? place : `${name} ${shortPath(file, cwd)}:${line}`)
}

const FIRST_FEW = 5
const NS_PER_MS = 1e6
/** Little is left for another request. */
const BUSY_SHARE = 0.75
/** A program that runs once and ends has but a few. */
const MANY_TURNS = 20
