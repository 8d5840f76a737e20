import type { Nanoseconds } from '@tracer/core'
import { hasWaited, type LoopGap, type LoopStay } from './loop-stays.js'

/** One turn of an event loop, from when it found something to do to when it looked for more; or several short ones. */
export interface LoopTurn {
  readonly startNs: Nanoseconds
  endNs: Nanoseconds
  turns: number
  /** The longest of them took at least so long. */
  longestNs: Nanoseconds
  readonly isUnfinished: boolean
}

/** The turns in which the program ran. Short ones between which the loop did not wait are one. */
export function turnsOf(stays: readonly LoopStay[]): LoopTurn[] {
  const turns: LoopTurn[] = []
  let turn: LoopTurn | undefined
  for (const { startNs, endNs, before, isUnfinished } of stays) {
    if (turn !== undefined && before !== undefined && !hasWaited(before)) {
      if (before.turns === 0) {
        turn.endNs = endNs
        turn.longestNs = endNs - turn.startNs
        continue
      }
      goOnTo(startNs, turn, before)
    }
    if (turn !== undefined) add(turns, turn)
    turn = { startNs, endNs, turns: 1, longestNs: endNs - startNs, isUnfinished }
  }
  if (turn !== undefined) add(turns, turn)
  return turns
}

/** How long the loop worked while the program did not run. */
export function workIn({ waitedNs }: LoopGap, lengthNs: Nanoseconds): Nanoseconds {
  return lengthNs - Math.min(lengthNs, Math.max(0, waitedNs))
}

/** A turn that others follow at once. Of several that came in between only the sum of their lengths is known. */
function goOnTo(nextNs: Nanoseconds, turn: LoopTurn, before: LoopGap): void {
  turn.endNs = nextNs
  turn.turns = before.turns
  turn.longestNs = Math.max(turn.longestNs, (nextNs - turn.startNs) / before.turns)
}

function add(turns: LoopTurn[], turn: LoopTurn): void {
  // At the end of a thread that is in its loop.
  if (turn.endNs === turn.startNs) return
  const last = turns.at(-1)
  const isOne = last?.endNs === turn.startNs && turn.endNs - last.startNs < SHORT_NS
  if (last === undefined || !isOne) {
    turns.push(turn)
    return
  }
  last.endNs = turn.endNs
  last.turns += turn.turns
  last.longestNs = Math.max(last.longestNs, turn.longestNs)
}

/** Turns that together take less are drawn as one. */
const SHORT_NS = 10e6
