import type { Site, SiteIndex } from '@tracer/core'
import { filePairs } from './file-pairs.js'
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
}

/** The functions of two traces, brought together, and where each site went. */
export interface FramePairs {
  readonly frames: readonly DiffFrame[]
  /** By site of the trace before: its frame. */
  readonly ofBefore: Int32Array
  readonly ofAfter: Int32Array
}

/**
 * Brings the functions of two traces together: by kind, name and file. Lines may have moved, so those of
 * the same name in the same file, such as functions without one, are taken in the order in which they stand there.
 */
export function framePairs(before: readonly Site[], after: readonly Site[]): FramePairs {
  const files = filePairs(
    before.map((site) => site.file),
    after.map((site) => site.file),
  )
  const frames: DiffFrame[] = []
  const [ofBefore, ofAfter] = [new Int32Array(before.length), new Int32Array(after.length)]
  const namesakes = groups(before, (site) => site.file)
  for (const [key, late] of groups(after, (site) => files.get(site.file))) {
    const early = namesakes.get(key) ?? []
    late.forEach((site, index) => {
      const { name, file } = after[site]
      const other = index < early.length ? early[index] : NONE
      ofAfter[site] = frames.length
      if (other !== NONE) ofBefore[other] = frames.length
      frames.push({ name: plainName(name), file, before: other, after: site })
    })
    namesakes.set(key, early.slice(late.length))
  }
  for (const site of [...namesakes.values()].flat()) {
    const { name, file } = before[site]
    ofBefore[site] = frames.length
    frames.push({ name: plainName(name), file, before: site, after: NONE })
  }
  return { frames, ofBefore, ofAfter }
}

/** Sites by kind, name and file, each in the order in which they stand in the file; a file without a counterpart is its own. */
function groups(sites: readonly Site[], fileOf: (site: Site) => string | undefined): Map<string, SiteIndex[]> {
  const found = new Map<string, SiteIndex[]>()
  sites.forEach((site, index) => {
    const file = fileOf(site)
    const key = `${site.kind}\0${plainName(site.name)}\0${file ?? `\0${site.file}`}`
    const group = found.get(key)
    if (group === undefined) found.set(key, [index])
    else group.push(index)
  })
  for (const group of found.values()) {
    group.sort((a, b) => sites[a].line - sites[b].line || sites[a].column - sites[b].column || a - b)
  }
  return found
}

/** The name of a function without one holds its position. */
function plainName(name: string): string {
  return name.replace(/^(\(anonymous\)) .*:\d+:\d+$/, '$1')
}
