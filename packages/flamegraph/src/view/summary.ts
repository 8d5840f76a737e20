import { count, counted, duration } from '@tracer/text-format'
import type { FlameContent } from './content.js'
import { isDiff } from './flame-view.js'

/** What content holds, in a line. */
export function summaryOf(content: FlameContent): string {
  if (isDiff(content)) {
    const { before, after, length } = content.diff
    if (length === 0) return NOTHING
    return `${duration(before.rootNs)} before, ${duration(after.rootNs)} after, ${counted(length, 'path')}`
  }
  const { calls, length, rootNs } = content.tree
  if (length === 0) return NOTHING
  const sum = calls.reduce((sum, value) => sum + value, 0)
  return `${duration(rootNs)} in ${sum === 1 ? '1 call' : `${count(sum)} calls`} on ${counted(length, 'path')}`
}

const NOTHING = 'No calls were recorded.'
