import { encode } from './perfetto.js'
import { format, read } from './traces.js'

/** Bytes are put together by protobufjs, as other producers would. */
export const show = async (...packets: object[]) => {
  const { trace, warnings } = await read(encode(...packets), 7)
  return [...format(trace).split('\n'), ...warnings.map((warning) => `(${warning})`)]
}

export const BEGIN = 1
export const END = 2

/** An event of the thread with track 5, on sequence 1. */
export const event = (timestamp: number | string, trackEvent: object, more: object = {}) => ({
  timestamp,
  trustedPacketSequenceId: 1,
  trackEvent: { trackUuid: 5, ...trackEvent },
  ...more,
})
