import { expect, it } from 'vitest'
import { asyncTree, groupedTree } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { text } from './formatted.js'

it('tasks on the same path are put together, longest first', () => {
  const trace = drawnTrace(`
    handle 0-4 #1.0 after HTTPINCOMINGMESSAGE
      log 1-2 #2.0
      find 2-3 #3.0
    handle 10-14 #4.0 after HTTPINCOMINGMESSAGE
      find 12-13 #5.0
    find 20-21 #3.1 after FSREQPROMISE
    handle 21-22 #1.1
    find 30-31 #5.1 after FSREQPROMISE
    handle 31-33 #4.1
    scan 40-49 after TCPWRAP
  `)
  const groups = groupedTree(asyncTree(trace))
  const lines = Array.from({ length: groups.length }, (_, node) => {
    const ms = (ns: number): number => ns / 1e6
    const times = `elapsed ${ms(groups.elapsedNs[node])} self ${ms(groups.selfNs[node])} total ${ms(groups.totalNs[node])}`
    const waits = `await ${ms(groups.awaitingNs[node])} awaited ${ms(groups.awaitedNs[node])}`
    const name = trace.sites[groups.site[node]].name
    const outside = (groups.outside.get(node) ?? []).map(({ kind, ns }) => ` (${kind} ${ms(ns)})`).join('')
    return `${'  '.repeat(groups.depth[node])}${name} ${groups.tasks[node]}x ${times} ${waits}${outside}`
  })
  expect(lines.join('\n')).toBe(
    text(`
    handle 2x elapsed 45 self 8 total 13 await 34 awaited 0
      find 2x elapsed 38 self 4 total 4 await 34 awaited 34 (FSREQPROMISE 34)
      log 1x elapsed 1 self 1 total 1 await 0 awaited 0
    scan 1x elapsed 9 self 9 total 9 await 0 awaited 0
  `),
  )
  expect([...groups.subtreeEnd]).toEqual([3, 2, 3, 4])
  expect([...groups.parent]).toEqual([-1, 0, 0, -1])
})
