import type { CallTree, TreeDiff } from '@tracer/call-tree'
import type { Site } from '@tracer/core'
import type { ColorBy, GivenCategories } from '../color/categories.js'

/** What a flamegraph shows: a call tree, or what became of one. */
export type FlameContent = TreeContent | DiffContent

/** A call tree of any order, and the functions of its trace. */
export interface TreeContent {
  readonly tree: CallTree
  readonly sites: readonly Site[]
  /** Callers below functions: then the time is that of the functions at the top. */
  readonly isInverted?: boolean | undefined
  /** By function, for the same colours as another picture: those that cost most have one of their own, unless given. */
  readonly categories?: GivenCategories | undefined
}

/** Two call trees as one. */
export interface DiffContent {
  readonly diff: TreeDiff
}

/** Which of two trees gives frames their width. */
export type DiffSide = 'after' | 'before'
/** Both, the default first. */
export const DIFF_SIDES: readonly DiffSide[] = ['after', 'before']

/**
 * What counts as a change of a function's self time: its difference; its difference when the tree before is
 * taken as if it had lasted as long as the one after; or, at as many calls as after, that of a single call.
 */
export type ChangeKind = (typeof CHANGE_KINDS)[number]
/** All of them, the default first. */
export const CHANGE_KINDS = ['absolute', 'normalised', 'per-call'] as const

/** How content is shown. */
export interface ViewOptions {
  /** What frames are coloured by; unless given, the first of package, file and name of which there are several. */
  readonly colorBy?: ColorBy | undefined
  /** Of a diff: the tree that gives frames their width, `after` unless given. */
  readonly side?: DiffSide | undefined
  /** Of a diff: `absolute` unless given. */
  readonly change?: ChangeKind | undefined
}
