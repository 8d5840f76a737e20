import { NONE } from './preorder.js'

/** More pairs than this are not compared one by one: a file with thousands of functions of one name is no one's own. */
const MOST_PAIRS = 4_000_000

/**
 * Which of the functions of one name in a later text is which of an earlier one, given what each looks
 * like: those that look the same, in order, as many as can be, and those between these in order too.
 *
 * ```
 * early  a b c      b and c are themselves, a is gone, d is new
 * late   b c d
 * ```
 *
 * @returns for each of `late` its place in `early`, or -1
 */
export function alignedNamesakes(early: readonly string[], late: readonly string[]): Int32Array {
  const partner = new Int32Array(late.length).fill(NONE)
  const shorter = Math.min(early.length, late.length)
  let begin = 0
  while (begin < shorter && early[begin] === late[begin]) begin++
  let end = 0
  while (end < shorter - begin && early[early.length - 1 - end] === late[late.length - 1 - end]) end++
  for (let i = 0; i < begin; i++) partner[i] = i
  for (let i = 1; i <= end; i++) partner[late.length - i] = early.length - i

  const [changedEarly, changedLate] = [early.slice(begin, early.length - end), late.slice(begin, late.length - end)]
  let [nextEarly, nextLate] = [0, 0]
  for (const [e, l] of [
    ...sameInOrder(changedEarly, changedLate),
    [changedEarly.length, changedLate.length] as const,
  ]) {
    while (nextEarly < e && nextLate < l) partner[begin + nextLate++] = begin + nextEarly++
    if (l < changedLate.length) partner[begin + l] = begin + e
    nextEarly = e + 1
    nextLate = l + 1
  }
  return partner
}

/** The longest common subsequence: places in both. */
function sameInOrder(early: readonly string[], late: readonly string[]): (readonly [number, number])[] {
  const width = late.length + 1
  if (early.length * late.length > MOST_PAIRS) return []
  const longest = new Int32Array((early.length + 1) * width)
  for (let e = early.length - 1; e >= 0; e--) {
    for (let l = late.length - 1; l >= 0; l--) {
      const without = Math.max(longest[(e + 1) * width + l], longest[e * width + l + 1])
      longest[e * width + l] = early[e] === late[l] ? longest[(e + 1) * width + l + 1] + 1 : without
    }
  }
  const found: (readonly [number, number])[] = []
  for (let [e, l] = [0, 0]; e < early.length && l < late.length;) {
    if (early[e] === late[l]) found.push([e++, l++])
    else if (longest[(e + 1) * width + l] >= longest[e * width + l + 1]) e++
    else l++
  }
  return found
}
