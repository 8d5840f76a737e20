import { describe, expect, it } from 'vitest'
import { NODES, runBare, runRecorded, seenPrograms } from './seen-table.js'

/** Where Node.js is kept from following promises in one way, and in the other. */
const BOTH_WAYS = NODES.filter(({ major }) => process.env['SEEN_ALL'] || major === 20 || major === 24)

describe.each(BOTH_WAYS)('on Node.js $major, what callbacks are for being recorded', ({ major, path }) => {
  it.each(seenPrograms().filter(({ until }) => major <= until))(
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
