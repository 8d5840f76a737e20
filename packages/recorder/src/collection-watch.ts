import { watchCollections } from '@tracer/clock-native/from-file'
import type { Clock } from '@tracer/core'
import type { CollectionSource } from '@tracer/spool'
import type { DriftingClock } from './clock-choice.js'
import { observeCollections } from './collection-observer.js'
import type { ThreadMemory } from './thread-memory.js'

/**
 * Has the garbage collections of this thread written to its memory, until it ends: by V8 itself, or, where the native
 * clock's addon is not there, by what Node.js tells in later turns of the event loop.
 */
export function collectionSource(
  memory: ThreadMemory,
  clock: Clock | DriftingClock,
  nativeAddon: string | undefined,
): CollectionSource {
  const addon = nativeAddon
  if (addon !== undefined && watchCollections(memory.collections, { addon, clock }) === undefined) return 'v8'
  observeCollections(memory, clock)
  return 'observer'
}
