import type { Site, SiteIndex, Trace } from '@tracer/core'
import { filePairs } from './file-pairs.js'
import { alignedNamesakes } from './namesakes.js'
import { NONE } from './preorder.js'

/** One function of two traces. */
export interface DiffFrame {
  readonly name: string
  /** As the later trace has it, if that has the function. */
  readonly file: string
  /** Its site in the trace before; -1 when it is not there. */
  readonly before: SiteIndex
  /** Its site in the trace after; -1 when it is not there. */
  readonly after: SiteIndex
  /** Its line in the trace before; 0 when unknown, or when it is not there. */
  readonly lineBefore: number
  /** Its line in the trace after; 0 when unknown, or when it is not there. */
  readonly lineAfter: number
}

/** The functions of two traces, brought together, and where each site went. */
export interface FramePairs {
  readonly frames: readonly DiffFrame[]
  /** By site of the trace before: its position in `frames`. */
  readonly ofBefore: Int32Array
  /** By site of the trace after. */
  readonly ofAfter: Int32Array
}

/** What of a trace tells its functions. */
export type TraceOfSites = Pick<Trace, 'sites' | 'sources'>

/**
 * Brings the functions of two traces together: by kind, name and file, wherever the project lies. Lines
 * may have moved. Those of the same name in the same file, such as functions without one, go by their
 * line's text where both traces have it, otherwise by their column, and by their order.
 */
export function framePairs(before: TraceOfSites, after: TraceOfSites): FramePairs {
  const files = filePairs(filesOf(before), filesOf(after))
  const frames: DiffFrame[] = []
  const [ofBefore, ofAfter] = [new Int32Array(before.sites.length).fill(NONE), new Int32Array(after.sites.length)]
  const early = namesakes(before, (file) => file)
  for (const [key, sites] of namesakes(after, (file) => files.get(file))) {
    const others = early.get(key) ?? []
    const looks = looksOf(before, others, after, sites)
    alignedNamesakes(looks.early, looks.late).forEach((partner, index) => {
      const site = sites[index]
      const other = partner === NONE ? NONE : others[partner]
      ofAfter[site] = frames.length
      if (other !== NONE) ofBefore[other] = frames.length
      const { file, line } = after.sites[site]
      const lineBefore = other === NONE ? 0 : before.sites[other].line
      frames.push({ name: plainName(after.sites[site]), file, before: other, after: site, lineBefore, lineAfter: line })
    })
  }
  before.sites.forEach((site, index) => {
    if (ofBefore[index] !== NONE) return
    ofBefore[index] = frames.length
    const { file, line } = site
    frames.push({ name: plainName(site), file, before: index, after: NONE, lineBefore: line, lineAfter: 0 })
  })
  return { frames, ofBefore, ofAfter }
}

function filesOf({ sites }: TraceOfSites): Set<string> {
  return new Set(sites.map((site) => site.file))
}

/** Sites by kind, name and file, each in the order in which they stand there. `counterpart` of a file is the one of the trace before. */
function namesakes(
  { sites }: TraceOfSites,
  counterpart: (file: string) => string | undefined,
): Map<string, SiteIndex[]> {
  const found = new Map<string, SiteIndex[]>()
  sites.forEach((site, index) => {
    const key = [site.kind, plainName(site), counterpart(site.file) ?? site.file].join('\0')
    const group = found.get(key)
    if (group === undefined) found.set(key, [index])
    else group.push(index)
  })
  for (const group of found.values()) {
    group.sort((a, b) => sites[a].line - sites[b].line || sites[a].column - sites[b].column || a - b)
  }
  return found
}

/** What namesakes look like; only the order counts when there is one on each side. */
function looksOf(
  before: TraceOfSites,
  early: readonly SiteIndex[],
  after: TraceOfSites,
  late: readonly SiteIndex[],
): { readonly early: string[]; readonly late: string[] } {
  if (early.length <= 1 && late.length <= 1) return { early: early.map(() => ''), late: late.map(() => '') }
  const earlyTexts = lineTexts(before, early)
  const lateTexts = lineTexts(after, late)
  if (earlyTexts !== undefined && lateTexts !== undefined) return { early: earlyTexts, late: lateTexts }
  const columns = ({ sites }: TraceOfSites, group: readonly SiteIndex[]): string[] =>
    group.map((site) => String(sites[site].column))
  return { early: columns(before, early), late: columns(after, late) }
}

/** The line of each site of a file from the site on, without its indentation; undefined when the text is not known. */
function lineTexts({ sites, sources }: TraceOfSites, group: readonly SiteIndex[]): string[] | undefined {
  if (group.length === 0) return []
  const lines = sources.get(sites[group[0]].file)?.split('\n')
  return lines === undefined
    ? undefined
    : group.map((site) => (lines[sites[site].line - 1] ?? '').slice(Math.max(0, sites[site].column - 1)).trim())
}

/** The name of a function without one holds its position. */
function plainName({ name }: Site): string {
  return name.replace(/^(\(anonymous\)) .*:\d+:\d+$/, '$1')
}
