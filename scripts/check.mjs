// `npm test`: everything a change has to pass. Each step is a script of package.json, so that one
// that failed can be run alone.
import { runCommand } from './lib/command.mjs'
import { clearResults } from './lib/test-results.mjs'

/** Nothing can run without these, so the first that fails is the last. */
const GROUNDWORK = ['setup', 'build']

/** These do not need one another: all run, and all that failed are named. */
const CHECKS = ['format', 'lint', 'typecheck', 'layers', 'deadcode', 'browser', 'tests']

/** @type {{ script: string, code: number, seconds: string }[]} */
const steps = []

clearResults()
if (GROUNDWORK.every(passes)) CHECKS.forEach(passes)

const failed = steps.filter((step) => step.code !== 0)
console.log('')
for (const { script, code, seconds } of steps) {
  const verdict = code === 0 ? 'ok' : `FAILED, again: npm run ${script}`
  console.log(`${script.padEnd(10)} ${seconds.padStart(6)} s  ${verdict}`)
}
process.exitCode = failed.length > 0 ? 1 : 0

/**
 * Runs one script of package.json under its headline.
 *
 * @param {string} script
 */
function passes(script) {
  console.log(`\n── ${script} ${'─'.repeat(60 - script.length)}`)
  const start = performance.now()
  const { code } = runCommand('npm', ['run', '--silent', script])
  steps.push({ script, code, seconds: ((performance.now() - start) / 1000).toFixed(1) })
  return code === 0
}
