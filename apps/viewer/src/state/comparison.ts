import { computed } from '@preact/signals'
import { callTree, diffTrees, functionTable, type FunctionRow, type TreeDiff } from '@tracer/call-tree'
import type { SiteIndex, Trace } from '@tracer/core'
import { boundsOf } from '@tracer/timeline'
import type { OpenFile, TimeRange } from './model.js'
import { compared, isOwnCodeOnly, shownTrace } from './state.js'

/** A function in two files. */
export interface ComparedFunction {
  readonly name: string
  readonly file: string
  /** 0 where it is not there, or nowhere known. */
  readonly lineBefore: number
  readonly lineAfter: number
  /** Its site in the file before; -1 when it is not there. */
  readonly before: SiteIndex
  readonly after: SiteIndex
  readonly callsBefore: number
  readonly callsAfter: number
  readonly selfBeforeNs: number
  readonly selfAfterNs: number
  readonly totalBeforeNs: number
  readonly totalAfterNs: number
}

export interface Comparison {
  readonly diff: TreeDiff
  readonly functions: readonly ComparedFunction[]
}

const before = computed(() => shownOf(compared.value?.before))
const after = computed(() => shownOf(compared.value?.after))

function shownOf(file: OpenFile | undefined): Trace | undefined {
  return file === undefined ? undefined : shownTrace(file, isOwnCodeOnly.value)
}

/** The two files that are compared, function by function and path by path. */
export const comparison = computed((): Comparison | undefined => {
  const [early, late] = [before.value, after.value]
  if (early === undefined || late === undefined) return undefined
  return compareTraces(early, late)
})

/** From the first moment of either file to the last: both are drawn to this scale, so that the longer one is longer. */
export const comparedBounds = computed((): TimeRange | undefined => {
  const both = compared.value
  return both === undefined ? undefined : boundsOf([both.before.trace, both.after.trace])
})

function compareTraces(before: Trace, after: Trace): Comparison {
  const diff = diffTrees({ trace: before, tree: callTree(before) }, { trace: after, tree: callTree(after) })
  const [rowsBefore, rowsAfter] = [bySite(functionTable(before)), bySite(functionTable(after))]
  const functions = diff.frames.flatMap((frame): ComparedFunction[] => {
    const [early, late] = [rowsBefore.get(frame.before), rowsAfter.get(frame.after)]
    if (early === undefined && late === undefined) return []
    const { name, file } = frame.after === -1 ? before.sites[frame.before] : after.sites[frame.after]
    const { lineBefore, lineAfter } = frame
    return [
      {
        name,
        file,
        lineBefore,
        lineAfter,
        // A site of which nothing ran is not there.
        before: early === undefined ? -1 : frame.before,
        after: late === undefined ? -1 : frame.after,
        callsBefore: early?.calls ?? 0,
        callsAfter: late?.calls ?? 0,
        selfBeforeNs: early?.selfNs ?? 0,
        selfAfterNs: late?.selfNs ?? 0,
        totalBeforeNs: early?.totalNs ?? 0,
        totalAfterNs: late?.totalNs ?? 0,
      },
    ]
  })
  return { diff, functions }
}

function bySite(rows: readonly FunctionRow[]): ReadonlyMap<SiteIndex, FunctionRow> {
  return new Map(rows.map((row) => [row.site, row]))
}
