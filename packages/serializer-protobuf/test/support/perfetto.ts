import { readFileSync } from 'node:fs'
import protobufjs from 'protobufjs'

const schema = protobufjs.parse(readFileSync(new URL('perfetto.proto', import.meta.url), 'utf8')).root
const Trace = schema.lookupType('Trace')

/** A packet as the independent decoder gives it: field names in camel case, 64-bit numbers as text. */
export type PlainPacket = Readonly<Record<string, unknown>>

/** Encodes packets with none of our code. @throws for a field that Perfetto does not have */
export function encode(...packet: object[]): Uint8Array {
  return Trace.encode(Trace.fromObject({ packet })).finish()
}

export function decode(bytes: Uint8Array): PlainPacket[] {
  const plain: { packet?: PlainPacket[] } = Trace.toObject(Trace.decode(bytes), { longs: String, enums: String })
  return plain.packet ?? []
}

/** Packets as text, one a line, without those that hold only fields of our own. Names are not looked up. */
export function lines(bytes: Uint8Array): string[] {
  return decode(bytes).flatMap((packet) => {
    const parts = Object.entries(packet)
      .filter(([name]) => !HIDDEN.has(name))
      .map(([name, value]) => `${SHORT.get(name) ?? name}=${text(value)}`)
    return parts.length === 0 ? [] : [parts.join(' ')]
  })
}

/** JSON without the quotes that are in the way of reading it. */
function text(value: unknown): string {
  return JSON.stringify(value)
    .replace(/"(\w+)":/g, '$1:')
    .replace(/"TYPE_(SLICE_)?(\w+)"/g, '$2')
    .replace(/"(-?\d+)"/g, '$1')
}

const SHORT = new Map([
  ['timestamp', 't'],
  ['trustedPacketSequenceId', 'seq'],
  ['sequenceFlags', 'flags'],
  ['internedData', 'interned'],
  ['tracePacketDefaults', 'defaults'],
  ['clockSnapshot', 'clocks'],
  ['trackEvent', 'event'],
  ['trackDescriptor', 'track'],
])

const HIDDEN = new Set([
  'tracerHeader',
  'tracerProcess',
  'tracerThread',
  'tracerSites',
  'tracerTracks',
  'tracerTrackIndex',
  'tracerUnrecorded',
  'tracerSource',
])
