import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { edgesOf } from './edges.js'
import { NODES } from './nodes.js'
import { recorded } from './recorded.js'
import { readShapes } from './shape-table.js'

const FOLDER = new URL('./shapes/', import.meta.url)

describe.each(NODES)('on $title', ({ path }) => {
  for (const name of readdirSync(FOLDER).sort()) {
    describe(name.replace('.txt', ''), () => {
      it.each(readShapes(new URL(name, FOLDER)))('$title', async ({ program, edges }) => {
        const trace = await recorded(path, program)
        // Ports are the system's to choose.
        expect(edgesOf(trace).map((edge) => edge.replace(/localhost:\d+/, 'localhost:port'))).toEqual(edges)
      })
    })
  }
})
