/** Width of a letter in the font of SVG documents, in pixels: whatever monospaced font there is, it is no wider. */
const CELL = 6.65

const EAST_ASIAN =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Width of a text in a monospaced font, in pixels; letters of East Asia are two wide. */
export function cellsWidth(text: string): number {
  let cells = 0
  for (const letter of text) cells += EAST_ASIAN.test(letter) ? 2 : 1
  return cells * CELL
}
