const ELLIPSIS = '…'

/** No name is wider than that, so that measuring one of a megabyte takes no time. */
const MOST_LETTERS = 500

/** Names of fewer letters than that say nothing: their frame stays empty. */
const LEAST_LETTERS = 2

/** The text as far as it fits into a width, by what `measure` says; empty when hardly anything would be left. */
export function fittedText(text: string, width: number, measure: (text: string) => number): string {
  const whole = cutText(text, MOST_LETTERS)
  if (width <= 0) return ''
  if (measure(whole) <= width) return whole
  let [fits, tooMany] = [0, whole.length]
  while (fits + 1 < tooMany) {
    const letters = (fits + tooMany) >>> 1
    if (measure(begun(whole, letters) + ELLIPSIS) <= width) fits = letters
    else tooMany = letters
  }
  return fits < LEAST_LETTERS ? '' : begun(whole, fits) + ELLIPSIS
}

/** The first of some texts that fits as a whole; when none does, what of the last one fits. */
export function fittedLabel(texts: readonly string[], width: number, measure: (text: string) => number): string {
  for (const text of texts.slice(0, -1)) if (text.length <= MOST_LETTERS && measure(text) <= width) return text
  return fittedText(texts[texts.length - 1], width, measure)
}

/** The text, or its first letters. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : begun(text, most - 1) + ELLIPSIS
}

/** Never ends in half of a surrogate pair. */
function begun(text: string, letters: number): string {
  const last = text.charCodeAt(letters - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? letters - 1 : letters)
}
