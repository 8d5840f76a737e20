export { LoaderError, type LoaderErrorCode } from './errors.js'
export { instrumentFile, type InstrumentedFile } from './instrument-file.js'
export { recordingEnvironment } from './recording-environment.js'
export type { RecordOptions } from './record-options.js'
