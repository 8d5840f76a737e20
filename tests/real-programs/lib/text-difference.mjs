const LINES_SHOWN = 6
const CHARACTERS_SHOWN = 160

/**
 * The first lines that differ, short enough for a report; undefined when the texts are the same.
 *
 * @param {string} bare
 * @param {string} traced
 * @returns {string | undefined}
 */
export function textDifference(bare, traced) {
  if (bare === traced) return undefined
  const [before, after] = [bare.split('\n'), traced.split('\n')]
  const first = before.findIndex((line, index) => line !== after[index])
  const start = first < 0 ? before.length : first
  const column = commonLength(before[start] ?? '', after[start] ?? '')
  return [
    `line ${start + 1}, column ${column + 1}; ${before.length} lines bare, ${after.length} traced`,
    ...excerpt('- ', before, start, column),
    ...excerpt('+ ', after, start, column),
  ].join('\n')
}

/**
 * @param {string} sign
 * @param {readonly string[]} lines
 * @param {number} start
 * @param {number} column of the difference in the first line, which may be a whole minified file
 */
function excerpt(sign, lines, start, column) {
  return lines.slice(start, start + LINES_SHOWN).map((line, index) => {
    const from = index === 0 ? Math.max(0, column - CHARACTERS_SHOWN / 2) : 0
    return `${sign}${from > 0 ? '…' : ''}${line.slice(from, from + CHARACTERS_SHOWN)}`
  })
}

/**
 * @param {string} a
 * @param {string} b
 */
function commonLength(a, b) {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}
