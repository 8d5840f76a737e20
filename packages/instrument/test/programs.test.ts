import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Insertions } from '../src/index.js'
import { readProgramTable } from './program-table.js'
import { instrumentedProgram, runBare, runInstrumented } from './run-program.js'

const folder = new URL('./programs/', import.meta.url)

for (const name of readdirSync(folder).sort()) {
  describe(name.replace('.txt', ''), () => {
    for (const programCase of readProgramTable(new URL(name, folder))) {
      it(`${programCase.title}: same result, every call recorded`, async () => {
        const bare = await runBare(programCase)
        const traced = await runInstrumented(programCase)
        expect(bare).toBe(programCase.result)
        expect(traced.result).toBe(bare)
        expect(traced.slices).toBe(programCase.slices)
      })

      it(`${programCase.title}: every line begins where it did, and the program can be had back`, () => {
        const { code, insertions } = instrumentedProgram(programCase)
        expect(code.split('\n')).toHaveLength(programCase.program.split('\n').length)
        expect(without(insertions, code)).toBe(programCase.program)
      })
    }
  })
}

function without({ offset, length }: Insertions, code: string): string {
  const starts = [0, ...Array.from(offset, (at, i) => at + length[i])]
  return starts.map((start, i) => code.slice(start, offset[i])).join('')
}
