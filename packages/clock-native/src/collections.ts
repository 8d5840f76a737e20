import type { Clock } from '@tracer/core'
import { loadAddon } from './addon.js'

/**
 * A ring of garbage collections in shared memory: a head, and then a power of two of slots, the same of which is
 * taken again after as many collections. Numbers are doubles but for two, which are Int32.
 *
 * ```
 * head   written i32, taken i32 | lost | from | to | nothing, to 8 doubles
 * slot   start | end | type + 256 * flags | bytes in use before | bytes in use after
 * ```
 *
 * `written` counts collections, as an Int32 that goes on from below; `taken` is for the reader to say how far it has
 * come. `lost` are those for which there was no slot, between two times. Type and flags are those of V8: `GCType` and
 * `GCCallbackFlags`.
 */
export const COLLECTION_RING = {
  headDoubles: 8,
  slotDoubles: 5,
  /** Of the head as Int32. */
  written: 0,
  taken: 1,
  /** Of the head as doubles. */
  lost: 1,
  lostFrom: 2,
  lostTo: 3,
} as const

/**
 * Has V8 write each garbage collection of this thread to `ring`, from now until the thread ends, in ticks of `clock`.
 * Gives a sentence where that cannot be.
 */
export function watchCollections(
  ring: Float64Array<SharedArrayBuffer>,
  { addon: file, clock }: { readonly addon: string; readonly clock: Pick<Clock, 'id' | 'originNs' | 'nsPerTick'> },
): string | undefined {
  const addon = loadAddon(file)
  if (typeof addon === 'string') return addon
  const place = clock.id === 'native' ? ([] as const) : ([clock.originNs, clock.nsPerTick] as const)
  return addon.collections(ring, ...place) ? undefined : 'This Node.js does not tell of garbage collections.'
}
