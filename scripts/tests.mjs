// `npm run tests`: the tests of all packages, and how many there were.
import { runPnpm } from './lib/pnpm.mjs'
import { clearResults, formatTotals, readTotals } from './lib/test-results.mjs'

clearResults()
// One package a core, or tests that wait for processes run out of time; the output of each in one piece.
const turbo = ['turbo', 'run', 'test', '--continue', '--concurrency=100%', '--log-order=grouped', '--log-prefix=none']
const { code } = runPnpm(['exec', ...turbo])
const totals = readTotals()
for (const note of totals.notes) console.log(note)
console.log(formatTotals(totals))
process.exitCode = code === 0 && totals.failed === 0 ? 0 : 1
