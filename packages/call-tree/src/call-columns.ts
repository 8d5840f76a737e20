/**
 * The calls of one track that are looked at, with the times to go by: columns of equal length, a caller
 * before those it called, as in a `SliceTable`.
 */
export interface CallColumns {
  readonly length: number
  readonly site: Int32Array
  readonly durationNs: Float64Array
  readonly depth: Int32Array
  /** Empty when no call belongs to an activation. */
  readonly activation: Int32Array
}

/**
 * The rows for which `keeps` says so. What was below another one moves up to the nearest that stays,
 * whose own time then holds that of the one between.
 */
export function keptCalls(columns: CallColumns, keeps: (row: number) => boolean): KeptCalls {
  const { length, site, durationNs, depth, activation } = columns
  // Longer than needed: memory that nothing is written to costs nothing.
  const kept = {
    row: new Int32Array(length),
    site: new Int32Array(length),
    durationNs: new Float64Array(length),
    depth: new Int32Array(length),
    activation: new Int32Array(activation.length),
  }
  // For each level, how many calls from the root down to it are kept.
  const keptAtLevel: number[] = []
  let count = 0
  for (let i = 0; i < length; i++) {
    const level = depth[i]
    const above = level === 0 ? 0 : keptAtLevel[level - 1]
    if (!keeps(i)) {
      keptAtLevel[level] = above
      continue
    }
    keptAtLevel[level] = above + 1
    kept.row[count] = i
    kept.site[count] = site[i]
    kept.durationNs[count] = durationNs[i]
    kept.depth[count] = above
    if (activation.length > 0) kept.activation[count] = activation[i]
    count++
  }
  return {
    length: count,
    row: kept.row.subarray(0, count),
    site: kept.site.subarray(0, count),
    durationNs: kept.durationNs.subarray(0, count),
    depth: kept.depth.subarray(0, count),
    activation: kept.activation.subarray(0, count),
  }
}

/** Calls that were chosen from others. */
export interface KeptCalls extends CallColumns {
  /** Where each was before. */
  readonly row: Int32Array
}
