import { HEAD_BYTES, TracerError, omissions, textPieces, type Trace, type TraceSerializer } from '@tracer/core'
import { readStacks } from './read-stacks.js'
import { stackParts } from './stack-parts.js'
import { HEADER, isStack } from './stack-line.js'

/** How {@link collapsed} writes. */
export interface CollapsedOptions {
  /** Times as they were recorded; without it, what the probes cost is taken away, as in reports. */
  readonly raw?: boolean
}

/**
 * Collapsed (folded) stacks: a line for each path of calls with the nanoseconds spent there, for
 * `flamegraph.pl`, speedscope, inferno and others.
 *
 * @throws TracerError `INVALID_OPTION` for an option it does not have.
 */
export function collapsed(options: CollapsedOptions = {}): TraceSerializer {
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'raw') throw new TracerError('INVALID_OPTION', `collapsed() has no option "${name}". It has: raw.`)
    if (value !== undefined && typeof value !== 'boolean') {
      throw new TracerError('INVALID_OPTION', `collapsed() option "raw" is ${String(value)}. Give true or false.`)
    }
  }
  return {
    id: 'collapsed',
    extensions: ['.collapsedstack.txt', '.collapsed', '.folded'],
    serialize: (trace) => textPieces(stackParts(trace, options.raw === true)),
    omits: leftOut,
    detect: (head) => isStacks(new TextDecoder().decode(head), head.length),
    deserialize: readStacks,
  }
}

function leftOut(trace: Trace): string[] {
  return ['when each call was, and how many there were', 'positions of functions', ...omissions(trace)]
}

/** Whether all whole lines are stacks, or comments between them. */
function isStacks(text: string, bytes: number): boolean {
  if (text.startsWith(HEADER)) return true
  const lines = text.split('\n')
  if (bytes === HEAD_BYTES && lines.length > 1) lines.pop()
  const stacks = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return stacks.length > 0 && stacks.every(isStack) && !text.includes('\0')
}
