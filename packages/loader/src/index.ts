export { LoaderError, type LoaderErrorCode } from './errors.js'
export { recordingEnvironment } from './recording-environment.js'
export type { RecordOptions } from './record-options.js'
export { clearCache } from './cache-folder.js'
