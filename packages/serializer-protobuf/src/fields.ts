/**
 * Numbers of the fields of Perfetto's messages that this package writes or reads, by message. Names are those of
 * Perfetto's .proto files.
 */
export const PACKET = {
  processTree: 2,
  clockSnapshot: 6,
  timestamp: 8,
  sequenceId: 10,
  trackEvent: 11,
  internedData: 12,
  sequenceFlags: 13,
  incrementalStateCleared: 41,
  previousPacketDropped: 42,
  processDescriptor: 43,
  threadDescriptor: 44,
  compressedPackets: 50,
  timestampClockId: 58,
  defaults: 59,
  trackDescriptor: 60,
  zstdCompressedPackets: 133,
} as const

export const SEQUENCE_FLAGS = { incrementalStateCleared: 1, needsIncrementalState: 2 } as const

/** `DATA_LOSS_PRESENT` and `DATA_LOSS_OVERWRITE`. */
export const RECORDS_OVERWRITTEN = 65

export const DEFAULTS = { trackEvent: 11, timestampClockId: 58 } as const
export const EVENT_DEFAULTS = { trackUuid: 11, extraCounterTracks: 31, extraDoubleCounterTracks: 45 } as const

export const CLOCK_SNAPSHOT = { clocks: 1, primaryTraceClock: 2 } as const
export const CLOCK = { id: 1, timestamp: 2, isIncremental: 3, unitMultiplierNs: 4 } as const
export const CLOCK_IDS = { realtime: 1, monotonic: 3, boottime: 6, firstOfSequence: 64, lastOfSequence: 127 } as const

export const TRACK = {
  uuid: 1,
  name: 2,
  process: 3,
  thread: 4,
  parentUuid: 5,
  counter: 8,
  staticName: 10,
  atraceName: 13,
} as const
export const PROCESS = { pid: 1, commandLine: 2, name: 6 } as const
export const THREAD = { pid: 1, tid: 2, name: 5, referenceTimestampUs: 6 } as const
export const COUNTER = { unitMultiplier: 4, isIncremental: 5 } as const

export const PROCESS_TREE = { processes: 1, threads: 2 } as const
export const TREE_PROCESS = { pid: 1, commandLine: 3 } as const
export const TREE_THREAD = { tid: 1, name: 2, tgid: 3 } as const

export const INTERNED = {
  categories: 1,
  eventNames: 2,
  annotationNames: 3,
  sourceLocations: 4,
  annotationTexts: 29,
} as const
/** The same in all interned messages; `str` of an InternedString has the number of `name`. */
export const INTERNED_ENTRY = { iid: 1, name: 2 } as const
export const SOURCE_LOCATION = { iid: 1, file: 2, functionName: 3, line: 4 } as const

export const EVENT = {
  timestampDeltaUs: 1,
  categoryIids: 3,
  annotations: 4,
  legacyEvent: 6,
  type: 9,
  nameIid: 10,
  trackUuid: 11,
  extraCounterValues: 12,
  timestampAbsoluteUs: 16,
  categories: 22,
  name: 23,
  counterValue: 30,
  extraCounterTracks: 31,
  sourceLocation: 33,
  sourceLocationIid: 34,
  oldFlowIds: 36,
  oldTerminatingFlowIds: 42,
  doubleCounterValue: 44,
  extraDoubleCounterTracks: 45,
  extraDoubleCounterValues: 46,
  flowIds: 47,
  terminatingFlowIds: 48,
} as const

export const EVENT_TYPE = { begin: 1, end: 2, instant: 3, counter: 4 } as const

export const LEGACY_EVENT = {
  nameIid: 1,
  phase: 2,
  durationUs: 3,
  unscopedId: 6,
  idScope: 7,
  localId: 10,
  globalId: 11,
  bindToEnclosing: 12,
  pidOverride: 18,
  tidOverride: 19,
} as const

export const ANNOTATION = {
  nameIid: 1,
  bool: 2,
  uint: 3,
  int: 4,
  double: 5,
  text: 6,
  pointer: 7,
  nested: 8,
  legacyJson: 9,
  name: 10,
  dictEntries: 11,
  arrayValues: 12,
  textIid: 17,
} as const

/** The legacy form of dictionaries and arrays. */
export const NESTED_VALUE = {
  type: 1,
  dictKeys: 2,
  dictValues: 3,
  arrayValues: 4,
  int: 5,
  double: 6,
  bool: 7,
  text: 8,
} as const
export const NESTED_TYPE = { dict: 1, array: 2 } as const

/**
 * Fields of our own, which hold what Perfetto has no place for. It gives the numbers up to 135 and 900 to fields of a
 * packet and keeps 1000 to 1999 for extensions; other numbers it passes over. Up to 2047 a tag is two bytes.
 */
export const TRACER_PACKET = {
  header: 2001,
  process: 2002,
  thread: 2003,
  sites: 2004,
  tracks: 2005,
  /** In the packet of a track descriptor: which of `tracks` it belongs to, from 1. */
  trackIndex: 2006,
  unrecorded: 2007,
  source: 2008,
  /** Of a slice that begins: its activation, negative when it is resumed. */
  run: 2009,
  /** Ends a slice that was cut off by the end of the recording. */
  unfinishedEnd: 2010,
  /** Of an async slice that begins: its position in the track, from 1, when that is not the order of the file. */
  position: 2011,
  /** Arguments in their exact text, when annotations cannot give it back. */
  argsText: 2012,
  flowPoint: 2013,
} as const

/** In an interned event name: its site, from 1. */
export const TRACER_SITE = 2014
/** In an annotation: its text is JSON. */
export const TRACER_JSON = 2015

export const HEADER = {
  version: 1,
  producer: 2,
  clock: 3,
  originNs: 4,
  originEpochMs: 5,
  overheadNs: 6,
  overheadInsideNs: 7,
  checkNs: 8,
  tickNs: 9,
  /** What the monotonic clock of the file shows at time 0 of the trace. */
  zero: 10,
  hostName: 11,
  bootId: 12,
} as const
export const HEADER_VERSION = 1

export const TRACER_PROCESS = { pid: 1, name: 2, commandLine: 3, exitCode: 4, signal: 5 } as const
export const TRACER_THREAD = { process: 1, tid: 2, name: 3, isIncomplete: 4, drops: 5 } as const
export const TRACER_DROP = { count: 1, startNs: 2, endNs: 3 } as const
export const TRACER_SITES = { site: 1 } as const
export const TRACER_SITE_ENTRY = { kind: 1, name: 2, file: 3, line: 4, column: 5 } as const
export const TRACER_TRACKS = { track: 1 } as const
export const TRACER_TRACK = { kind: 1, thread: 2, name: 3, series: 4 } as const
export const TRACER_UNRECORDED = { row: 1 } as const
export const TRACER_UNRECORDED_ROW = { thread: 1, site: 2, calls: 3, estimatedNs: 4, laterRuns: 5 } as const
export const TRACER_SOURCE = { file: 1, text: 2 } as const
/** `offset` is the time after the start of the slice. */
export const TRACER_FLOW_POINT = { flow: 1, offset: 2 } as const

export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const
