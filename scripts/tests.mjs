// `npm run tests`: the tests of all packages, and how many there were.
import { runPnpm } from './lib/pnpm.mjs'
import { clearResults, formatTotals, readTotals } from './lib/test-results.mjs'

clearResults()
const { code } = runPnpm(['exec', 'turbo', 'run', 'test', '--continue'])
const totals = readTotals()
for (const note of totals.notes) console.log(note)
console.log(formatTotals(totals))
process.exitCode = code === 0 && totals.failed === 0 ? 0 : 1
