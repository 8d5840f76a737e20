// Repeats a job. Prints what the process had used after the rounds that warm up, and at the end.
import { usage } from '../lib/usage.mjs'

/**
 * @param {number} rounds
 * @param {number} warmUp of these, the rounds in which V8 and the budget find their way
 * @param {() => number} job gives something that shows it was done, the same each time
 */
export function repeat(rounds, warmUp, job) {
  const first = job()
  let warm = usage()
  for (let round = 1; round < rounds; round += 1) {
    if (round === warmUp) warm = usage()
    if (job() !== first) throw new Error(`Round ${round} ended otherwise than the first.`)
  }
  console.log(JSON.stringify({ warm, end: usage() }))
}
