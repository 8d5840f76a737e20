export { protobuf, type ProtobufOptions } from './protobuf.js'
export { rewriteTraces, type RewriteInput } from './rewrite-trace.js'
export { scanTrace, type FileNumbers, type OpenSlices, type ScannedSpan, type ScannedTrace } from './scan-trace.js'
