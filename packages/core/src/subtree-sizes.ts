/**
 * How many slices each one holds, itself included, of slices given in the order in which they ended: what a
 * slice holds lies right before it. From sizes alone follow level and place, without a list of anybody's children.
 *
 * ```
 * given   b  d  c  a  e        c holds d; a holds b and c
 * size    1  1  2  4  1
 * ```
 */
export type SubtreeSizes = Int32Array

/** Undefined when slices are not in the order of their ends, or overlap in part. */
export function sizesByTime(start: Float64Array, end: Float64Array, length: number): SubtreeSizes | undefined {
  const sizes = new Int32Array(length)
  let lastEnd = -Infinity
  for (let i = 0; i < length; i++) {
    const from = start[i]
    if (end[i] < lastEnd) return undefined
    lastEnd = end[i]
    let before = i - 1
    while (before >= 0 && start[before] >= from) before -= sizes[before]
    if (before >= 0 && end[before] > from) return undefined
    sizes[i] = i - before
  }
  return sizes
}

/** The same by the levels of the slices. */
export function sizesByLevel(level: Int32Array, length: number): SubtreeSizes {
  const sizes = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    let before = i - 1
    while (before >= 0 && level[before] > level[i]) before -= sizes[before]
    sizes[i] = i - before
  }
  return sizes
}

/**
 * The slices with parents first: in that order a slice stands as many places before its own of ends as it
 * holds others, and one later for each that holds it.
 */
export function parentsFirst(sizes: SubtreeSizes): { order: Int32Array; depth: Int32Array } {
  const order = new Int32Array(sizes.length)
  const depth = new Int32Array(sizes.length)
  /** Of those around the slice, outermost first: the first place of what they hold. */
  const around: number[] = []
  for (let i = sizes.length - 1; i >= 0; i--) {
    while (around.length > 0 && around[around.length - 1] > i) around.pop()
    const place = i - sizes[i] + 1 + around.length
    order[place] = i
    depth[place] = around.length
    if (sizes[i] > 1) around.push(i - sizes[i] + 1)
  }
  return { order, depth }
}
