// Adds up the tests of the last run; its last line is `N passed, N failed`.
import { formatTotals, readTotals } from './lib/test-results.mjs'

const totals = readTotals()
for (const note of totals.notes) console.log(note)
console.log(formatTotals(totals))
process.exitCode = totals.failed > 0 ? 1 : 0
