export { sampleTraces, type SampleTrace } from './sample-traces.js'
export { serializerChecks, type SerializerCheck } from './serializer-checks.js'
export { traceDifference } from './trace-difference.js'
