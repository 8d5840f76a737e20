import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgesOf } from './edges.js'
import { fileOf, generated, MODULE } from './generated-program.js'
import { NODES } from './nodes.js'
import { programBody } from './program-body.js'
import { recorded } from './recorded.js'

/** In one process, side by side: what each sets going has to be told from what the others do. */
const PROGRAMS = 60

describe.each(NODES)('on $title', ({ path }) => {
  it('the async tree of any program is the one that the program was made from', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(programBody, { minLength: PROGRAMS, maxLength: PROGRAMS }), async (bodies) => {
        const names = bodies.map((_, index) => `p${index}`)
        const programs = bodies.map((body, index) => generated(body, names[index]))
        const trace = await recorded(path, fileOf(programs, names))
        const edges = edgesOf(trace)
        for (const [index, { source, edges: expected }] of programs.entries()) {
          const own = edges.filter((edge) => new RegExp(`^${names[index]}\\b|^${names[index]}_`).test(edge))
          expect(own, source).toEqual(expected.toSorted())
        }
        expect(edges.filter((edge) => !/^p\d/.test(edge) && !edge.startsWith('keep'))).toEqual([MODULE])
      }),
      // A failure shows its program; to look for a smaller one would take a process a try.
      { numRuns: 3, endOnFailure: true },
    )
  })
})
