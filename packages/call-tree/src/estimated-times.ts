import type { FunctionRow } from './function-table.js'
import type { Nanoseconds } from '@tracer/core'

/** The times of a function with those of its calls that left no slice. */
export interface EstimatedTimes {
  /** False when all times are as they were recorded. */
  readonly isEstimate: boolean
  readonly selfNs: Nanoseconds
  readonly totalNs: Nanoseconds
  readonly meanNs: Nanoseconds
}

/**
 * Of the unrecorded calls the running time is known, by estimate, and counts each level of a
 * recursion: it is taken to be made up like that of the recorded calls. Where there is none, the
 * calls are taken for short ones that call nothing, which is what goes unrecorded.
 */
export function estimatedTimes(row: FunctionRow): EstimatedTimes {
  const { calls, recordedCalls, estimatedNs, selfNs, totalNs, meanNs } = row
  if (estimatedNs === 0) return { isEstimate: false, selfNs, totalNs, meanNs }
  const recordedNs = meanNs * recordedCalls
  const growth = recordedNs === 0 ? undefined : 1 + estimatedNs / recordedNs
  return {
    isEstimate: true,
    selfNs: growth === undefined ? estimatedNs : selfNs * growth,
    totalNs: growth === undefined ? estimatedNs : totalNs * growth,
    meanNs: (recordedNs + estimatedNs) / calls,
  }
}
