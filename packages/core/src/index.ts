export { portableClock, type Clock } from './clock.js'
export type { BytePart, EventFilter, ReadTrace, StoredBytes, TraceSerializer, TraceSink } from './contracts.js'
export { TracerError, type TracerErrorCode } from './errors.js'
export {
  ACTIVATION_MARKER,
  EventRing,
  type EventRingOptions,
  type FullPolicy,
  type RecordColumns,
  type Records,
  type RefusedSpan,
} from './event-ring.js'
export { HEAD_BYTES, takeHead, type FileHead } from './file-head.js'
export type { FlowKey } from './flow-draft.js'
export { fileIds, type FileIds } from './file-ids.js'
export { filterTrace } from './filter-trace.js'
export { fieldsOf, isFields, listOf, numberOf, textOf, type Fields } from './json-fields.js'
export { nameHash } from './name-hash.js'
export { omissions, type TracePart } from './omissions.js'
export { BUILT_IN, OWN_CODE, packageOf } from './package-of.js'
export { readJson, type JsonDocument } from './read-json.js'
export { siteKey, type Site, type SiteId, type SiteKind } from './site.js'
export { SiteTable } from './site-table.js'
export type { SliceAtTime } from './slice-at-time.js'
export { sliceEdges, type SliceEdge } from './slice-edges.js'
export type { SliceOrder } from './slice-columns.js'
export type { Span } from './span-recorder.js'
export { StringTable } from './string-table.js'
export { textPieces } from './text-pieces.js'
export {
  activationOf,
  isResumed,
  siteOf,
  type AsyncTrack,
  type CounterTrack,
  type Drop,
  type FlowTable,
  type InstantTable,
  type Process,
  type SampleTable,
  type SliceTable,
  type Thread,
  type ThreadTrack,
  type Trace,
  type TraceMetadata,
  type Track,
  type UnrecordedCalls,
} from './trace.js'
export { TraceBuilder, type NewMetadata, type ProcessEnd } from './trace-builder.js'
export type { NewThread } from './thread-draft.js'
export { Tracer, type SnapshotOptions, type TracerState } from './tracer.js'
export type { TracerOptions } from './tracer-options.js'
export type {
  EpochMilliseconds,
  Nanoseconds,
  ProcessIndex,
  SiteIndex,
  SliceIndex,
  ThreadIndex,
  Ticks,
  TrackIndex,
} from './units.js'
