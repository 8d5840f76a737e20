import { describe, expect, it } from 'vitest'
import { NODES, runBare, runRecorded, seenPrograms } from './seen-table.js'

/** Where Node.js is kept from following promises in one way, and in the other. */
const BOTH_WAYS = NODES.filter(({ major }) => major === 20 || major === 24)

/** It counts how often Node.js itself calls `Array.prototype.pop`, which it does more often as soon as there is a hook. */
const COUNTS_CALLS_OF_NODE = 'poisoned.cjs'

describe.each(BOTH_WAYS)('on Node.js $major, what callbacks are for being recorded', ({ major, path }) => {
  it.each(seenPrograms().filter(({ file, until }) => major <= until && file !== COUNTS_CALLS_OF_NODE))(
    '$file $args sees nothing of the recording, which is whole',
    async (program) => {
      const recording = runRecorded(program, path, { async: true })
      const [bare, recorded] = await Promise.all([runBare(program, path), recording])
      expect(recorded.seen).toEqual(bare)
      expect([...recorded.traced]).toEqual(expect.arrayContaining([...program.traces]))
      expect(recorded.warnings).toBe(0)
    },
  )
})
