const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Half a surrogate pair, which a JavaScript string may hold and UTF-8 may not. */
const LONE_SURROGATE = /[\ud800-\udfff]/u
const REPLACEMENT = '\ufffd'

/** The UTF-8 of a text. Half a surrogate pair becomes three bytes, as if it were a character, so that it is not lost. */
export function encodeText(text: string): Uint8Array {
  return LONE_SURROGATE.test(text) ? encodeUnits(text) : encoder.encode(text)
}

/** The text of what {@link encodeText} gave; any other bytes as far as they are UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const text = decoder.decode(bytes)
  return text.includes(REPLACEMENT) ? decodeWithSurrogates(bytes) : text
}

function encodeUnits(text: string): Uint8Array {
  const parts: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xd800 && code <= 0xdfff) parts.push(0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
    else parts.push(...encoder.encode(character))
  }
  return Uint8Array.from(parts)
}

function decodeWithSurrogates(bytes: Uint8Array): string {
  let text = ''
  let from = 0
  for (let at = 0; at + 2 < bytes.length; at++) {
    // 0xED with a second byte from 0xA0 is where UTF-8 would put the surrogates; it stands in no other character.
    if (bytes[at] !== 0xed || bytes[at + 1] < 0xa0 || bytes[at + 1] > 0xbf || (bytes[at + 2] & 0xc0) !== 0x80) continue
    text += decoder.decode(bytes.subarray(from, at))
    text += String.fromCharCode(0xd000 | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f))
    from = at + 3
    at += 2
  }
  return text + decoder.decode(bytes.subarray(from))
}
