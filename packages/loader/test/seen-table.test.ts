import { describe, expect, it } from 'vitest'
import { NODES, runBare, runRecorded, seenPrograms } from './seen-table.js'

describe.each(NODES)('on Node.js $major', ({ major, path }) => {
  it.each(seenPrograms().filter(({ until }) => major <= until))(
    '$file $args sees nothing of the recording, which is whole',
    async (program) => {
      const [bare, recorded] = await Promise.all([runBare(program, path), runRecorded(program, path)])
      expect(recorded.seen).toEqual(bare)
      expect([...recorded.traced]).toEqual(expect.arrayContaining([...program.traces]))
      expect(recorded.warnings).toBe(0)
    },
  )
})
