/**
 * What differs from run to run by nature. A job names those it needs, with the reason; everything
 * else is compared byte by byte.
 *
 * @type {Readonly<Record<string, (text: string) => string>>}
 */
export const NORMALISATIONS = {
  /** Where only what took long has one. */
  optionalDurations: (text) => text.replace(/ \(\d+(\.\d+)? ?m?s\)/g, ''),
  durations: (text) => text.replace(/\b\d+(\.\d+)?(?= ?(ms|s|m)\b)/g, '<number>'),
  /** Where the unit is apart, as in TAP and JSON. */
  durationFields: (text) => text.replace(/(duration(?:_ms|Ms)?["']?[:=]? ?"?)\d+(\.\d+)?/gi, '$1<number>'),
  clockTimes: (text) => text.replace(/\b\d\d:\d\d:\d\d(\.\d+)?\b/g, '<time>'),
  dates: (text) => text.replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?/g, '<date>'),
  pids: (text) => text.replace(/("pid": ?|\(node:)\d+/g, '$1<pid>'),
}

/**
 * @param {string} text
 * @param {readonly string[]} names in any order: what one leaves of a text can matter to the next
 */
export function normalise(text, names) {
  return Object.entries(NORMALISATIONS).reduce(
    (result, [name, replace]) => (names.includes(name) ? replace(result) : result),
    text,
  )
}
