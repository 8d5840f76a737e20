import { TRACER_PACKET, WIRE } from './fields.js'
import type { RareField } from './packet-fields.js'

/** Fields of a packet that are numbers; all others are messages. */
const NUMBERS: ReadonlySet<number> = new Set([3, 8, 10, 13, 41, 42, 58, 79, 87, 98])

/** Fields that say something of the packet itself or of how the recording went: not what was recorded. */
const ABOUT_RECORDING: ReadonlySet<number> = new Set([
  ...NUMBERS,
  ...[12, 33, 35, 36, 45, 46, 48, 51, 59, 69, 72, 75, 78, 89, 90, 109, 113, 124, 125, 126, 134],
])

const OWN: ReadonlySet<number> = new Set(Object.values(TRACER_PACKET))

/** Whether a packet of Perfetto may have such a field. */
export function isPacketField({ field, wire }: Pick<RareField, 'field' | 'wire'>): boolean {
  if (OWN.has(field)) return wire === WIRE.varint || wire === WIRE.bytes
  return wire === (NUMBERS.has(field) ? WIRE.varint : WIRE.bytes) && field < MAX_FIELD
}

/** Whether a field is what its packet was written for, such as samples or events of the kernel. */
export function isData(field: number): boolean {
  return !ABOUT_RECORDING.has(field) && !OWN.has(field)
}

/** Behind the numbers that Perfetto keeps for extensions. */
const MAX_FIELD = 2000
