import { Cursor, MalformedMessage } from './cursor.js'
import { WIRE } from './fields.js'
import { PacketFields } from './packet-fields.js'
import { isPacketField } from './packet-kinds.js'
import { PACKET_TAG } from './pages.js'

/** Packets that are looked at. */
const MAX_PACKETS = 8

/**
 * Whether a file that starts with `head` is a stream of Perfetto's packets: its first ones can be read, and have
 * fields that packets have.
 */
export function isPacketStream(head: Uint8Array): boolean {
  const cursor = new Cursor(head, 0, head.length)
  let packets = 0
  try {
    for (; packets < MAX_PACKETS && cursor.at < head.length; packets++) {
      if (head[cursor.at++] !== PACKET_TAG) return false
      const length = cursor.varint()
      const end = cursor.at + length
      if (end > head.length) return packets > 0 || startsLikePacket(cursor)
      const fields = new PacketFields()
      fields.read(head, cursor.at, end)
      if (!fields.rare.every(isPacketField)) return false
      cursor.at = end
    }
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error
    return packets > 0 && cursor.at >= head.length
  }
  return packets > 0
}

/** The first packet goes on behind the head: as much of it as is there has to fit. */
function startsLikePacket(cursor: Cursor): boolean {
  let fields = 0
  try {
    for (; cursor.at < cursor.end; fields++) {
      const tag = cursor.varint()
      const [field, wire] = [Math.floor(tag / 8), tag % 8]
      if (!isPacketField({ field, wire })) return false
      const value = cursor.varint()
      if (wire === WIRE.bytes) cursor.at += value
    }
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error
  }
  return fields > 0
}
