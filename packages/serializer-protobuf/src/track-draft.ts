import type { Nanoseconds, SiteIndex } from '@tracer/core'
import { EventColumns } from './event-columns.js'

/** How a file tells a track from others: by uuid, or by what an old event belongs to. */
export type TrackKey = number | bigint | string

/** A slice that came whole, as old producers write them. */
export interface CompleteSlice {
  readonly site: SiteIndex
  readonly startNs: Nanoseconds
  readonly endNs: Nanoseconds
  readonly args: string | undefined
}

/** A track while a file is read: what was said of it, and its events. */
export class TrackDraft {
  readonly key: TrackKey
  name: string | undefined
  /** Of a counter. */
  series = ''
  parent: TrackKey | undefined
  process: { readonly pid: number } | undefined
  thread: { readonly pid: number; readonly tid: number } | undefined
  isCounter = false
  unitMultiplier = 1
  isIncremental = false
  /** Whether the file has described it. */
  isDescribed = false
  /** Position in our own table of tracks; undefined where there is none. */
  ownIndex: number | undefined
  /** Position among our own threads, for the track of a thread. */
  ownThread: number | undefined
  readonly events = new EventColumns()
  readonly complete: CompleteSlice[] = []
  readonly instants: { readonly site: SiteIndex; readonly timeNs: Nanoseconds; readonly args: string | undefined }[] =
    []
  readonly samples: { readonly timeNs: Nanoseconds; readonly value: number }[] = []
  /** For slices of async tracks of ours: their order among all lanes, and their positions where those differ. */
  readonly arrivals: number[] = []
  readonly positions: number[] = []

  constructor(key: TrackKey) {
    this.key = key
  }

  get isAsync(): boolean {
    return this.isDescribed && this.thread === undefined
  }
}
