export { protobuf, type ProtobufOptions } from './protobuf.js'
export { rewriteTraces, type RewriteInput } from './rewrite-trace.js'
export { FlowStarts } from './flow-starts.js'
export { scanTrace, type FileNumbers, type OpenSlices, type ScannedTrace, type SpanNotes } from './scan-trace.js'
