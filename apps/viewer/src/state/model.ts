import type { BytePart, SiteIndex, SliceIndex, Trace, TrackIndex } from '@tracer/core'
import type { GivenIndex } from '@tracer/timeline'

/** A file that is open. */
export interface OpenFile {
  /** Unique in the page, from 1. */
  readonly id: number
  readonly name: string
  /** What the address of the page calls it, so that a reload finds it again; undefined for one that was dropped. */
  readonly address: string | undefined
  readonly format: string
  readonly bytes: number
  readonly trace: Trace
  /** What the timeline draws by, made where the file was read. */
  readonly indexes: readonly GivenIndex[]
  readonly warnings: readonly string[]
}

/** A file on its way, or one that cannot be read. */
export interface Opening {
  readonly id: number
  readonly name: string
  readonly bytes: number
  /** What is being done, in a word or two. */
  readonly phase: string
  /** From 0 to 1; undefined when unknown. */
  readonly share: number | undefined
  /** Why it cannot be read. */
  readonly failure?: string
  /** What could be done about it. */
  readonly offer?: PartOffer
  readonly cancel: () => void
}

/** A file too large to read as a whole: what a person may choose instead. */
export interface PartOffer {
  readonly reason: string
  readonly command: string
  readonly bytes: number
  /** Bytes that fit. */
  readonly partBytes: number
  /** Whether a part may begin anywhere. */
  readonly isSeekable: boolean
  readonly openPart: (part: BytePart) => void
  readonly openWhole: () => void
}

/** Times in a trace, from its zero. */
export interface TimeRange {
  readonly fromNs: number
  readonly toNs: number
}

/** One slice, by its place in the trace that is shown. */
export interface SliceRef {
  readonly track: TrackIndex
  readonly slice: SliceIndex
}

/** Something without a length: an instant of a thread, or a value of a counter. */
export interface Moment {
  readonly kind: 'instant' | 'sample'
  readonly track: TrackIndex
  readonly index: number
}

/** What a person pointed at: a slice, and with it its function, or a function alone. */
export interface Picked {
  readonly site: SiteIndex
  readonly at: SliceRef | undefined
}

export const TABS = ['selection', 'functions', 'flamegraph', 'callers', 'async', 'source', 'info', 'compare'] as const
export type Tab = (typeof TABS)[number]

export type Theme = 'light' | 'dark'
