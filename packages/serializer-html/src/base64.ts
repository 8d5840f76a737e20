const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const LETTERS = new TextEncoder().encode(ALPHABET)
const PADDING = 0x3d
const SPACES: readonly number[] = [0x20, 0x0a, 0x0d, 0x09]

/** Sextet by letter; others are NO_LETTER. */
const NO_LETTER = 64
const SEXTETS = new Uint8Array(256).fill(NO_LETTER)
LETTERS.forEach((letter, sextet) => (SEXTETS[letter] = sextet))

/** The letters for `bytes`, padded, as ASCII. */
export function encodeBase64(bytes: Uint8Array): Uint8Array {
  const letters = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  let to = 0
  for (let from = 0; from < bytes.length; from += 3) {
    const left = bytes.length - from
    const triple = (bytes[from] << 16) | (left > 1 ? bytes[from + 1] << 8 : 0) | (left > 2 ? bytes[from + 2] : 0)
    letters[to++] = LETTERS[triple >> 18]
    letters[to++] = LETTERS[(triple >> 12) & 63]
    letters[to++] = left > 1 ? LETTERS[(triple >> 6) & 63] : PADDING
    letters[to++] = left > 2 ? LETTERS[triple & 63] : PADDING
  }
  return letters
}

/** Bytes of one base64 text that comes in pieces. */
export class Base64Decoder {
  /** Bits that came and make no whole byte yet. */
  #bits = 0
  #bitCount = 0

  /** What the letters give; spaces and padding give nothing. Undefined when something is no letter. */
  decode(letters: Uint8Array): Uint8Array | undefined {
    const bytes = new Uint8Array(Math.ceil((letters.length * 3) / 4) + 1)
    let to = 0
    for (const letter of letters) {
      const sextet = SEXTETS[letter]
      if (sextet === NO_LETTER) {
        if (letter === PADDING || SPACES.includes(letter)) continue
        return undefined
      }
      this.#bits = ((this.#bits << 6) | sextet) & 0xffff
      this.#bitCount += 6
      if (this.#bitCount < 8) continue
      this.#bitCount -= 8
      bytes[to++] = (this.#bits >> this.#bitCount) & 0xff
    }
    return bytes.subarray(0, to)
  }
}
