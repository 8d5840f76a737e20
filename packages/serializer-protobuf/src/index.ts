export { protobuf, type ProtobufOptions } from './protobuf.js'
