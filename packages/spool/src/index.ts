export { noteChild, type ChildNote } from './children-log.js'
export { CAUSE_MARKER, CAUSE_NAME_LIMIT } from './cause-marker.js'
export { readEndSignal, writeEndSignal } from './end-signal.js'
export {
  CALLBACK_STEP,
  CALLBACKS,
  type Callback,
  EVENT_HEAD_UNITS,
  EVENT_KIND_MASK,
  EVENT_KINDS,
  EVENT_LENGTH_SHIFT,
  EVENT_TEXT_LIMIT,
  EVENT_WIDE,
  eventUnits,
} from './event-layout.js'
export { COLLECTION_FLAG_STEP, COLLECTION_NUMBERS, type Collection, type CollectionSource } from './collections.js'
export { readEvents, type LoggedEvent } from './event-reader.js'
export { SpoolError } from './errors.js'
export { writeMachine, type Machine } from './machine.js'
export type { SiteMoves } from './mode-moves.js'
export type { ModuleSummary } from './module-summary.js'
export {
  HOOKS_THREAD_FIRST_SITE_ID,
  SITE_ID_LIMIT,
  packSite,
  SPOOL_VERSION,
  type CallCounts,
  type ClockPair,
  type DroppedRecords,
  type LeftOutCalls,
  type ModeMove,
  type ModuleReport,
  type NewModuleReport,
  type PackedSite,
  type RecordingSwitch,
  type ThreadEnd,
  type ThreadHeader,
} from './reports.js'
export { livingProcesses, type LivingProcess } from './living-processes.js'
export { RecordingGaps, type ThreadStops } from './recording-gaps.js'
export { modulesFileName, readSession, spoolFileName, type Session } from './session.js'
export { readSpool, type SpoolBlock } from './spool-reader.js'
export { SpoolWriter } from './spool-writer.js'
export { COST_AMONG_OTHER_WORK, type ThreadCosts } from './thread-costs.js'
