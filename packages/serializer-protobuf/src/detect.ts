import { Cursor, MalformedMessage } from './cursor.js'
import { PacketFields } from './packet-fields.js'
import { PACKET_TAG } from './pages.js'

/** Packets that are looked at. */
const MAX_PACKETS = 8

/** Fields of a packet have no higher number, ours neither. */
const MAX_FIELD = 2047

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
      if (fields.rare.some(({ field }) => field > MAX_FIELD)) return false
      cursor.at = end
    }
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error
    return packets > 0 && cursor.at >= head.length
  }
  return packets > 0
}

/** The first packet goes on behind the head: its first field decides. */
function startsLikePacket(cursor: Cursor): boolean {
  const tag = cursor.varint()
  const field = Math.floor(tag / 8)
  return field > 0 && field <= MAX_FIELD && [0, 1, 2, 5].includes(tag % 8)
}
