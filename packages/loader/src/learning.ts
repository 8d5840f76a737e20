import { decisionsOn, type ThreadMemory } from '@tracer/recorder'
import { updateLearned } from './cached-transforms.js'
import type { LearningText } from './instrumented-texts.js'
import type { TransformCache } from './transform-cache.js'

/**
 * Keeps what the budget has decided about functions of a thread's modules, for later runs to begin with.
 * Other threads and processes may do so for the same modules: what one of them tick-checks is learned,
 * unless another one began with it and found room for it.
 */
export function keepDecisions(texts: readonly LearningText[], memory: ThreadMemory, cache: TransformCache): void {
  for (const { firstSiteId, endSiteId, learned, cacheKey } of texts) {
    const { checked, timedAgain } = decisionsOn(memory, firstSiteId, endSiteId, learned)
    const isAsBefore = timedAgain.length === 0 && checked.length === learned.length
    if (isAsBefore && checked.every((index, i) => index === learned[i])) continue
    updateLearned(cache, cacheKey, (before) => {
      const after = new Set(before)
      for (const index of timedAgain) after.delete(index)
      for (const index of checked) after.add(index)
      return [...after].sort((a, b) => a - b)
    })
  }
}
