// `npm run demo`: records the example, then shows what was recorded. Asks nothing, ends by itself.
import { join } from 'node:path'
import { runCommand } from './lib/command.mjs'
import { ROOT } from './lib/workspace.mjs'

const TRACER = join(ROOT, 'node_modules', '.bin', 'tracer')
const PROGRAM = 'examples/http-service/src/main.ts'
const TRACE = 'trace.pftrace'

prepare('Installing', 'setup')
prepare('Building', 'build')
show(['-o', TRACE, PROGRAM])
show(['report', TRACE, '--top', '12'])

console.log(`
The trace is in ${TRACE}. To look at it:

  npx tracer view ${TRACE}        timeline, flamegraph and functions in the browser
  npx tracer report ${TRACE}      the tables above, whole

For other viewers (${TRACE} opens in https://ui.perfetto.dev as it is): npx tracer convert ${TRACE} -o trace.json.
Your own program: npx tracer <file> [args...]`)

/**
 * Runs a script of package.json without its output, unless it fails.
 *
 * @param {string} headline
 * @param {string} script
 */
function prepare(headline, script) {
  process.stdout.write(`${headline} ... `)
  const start = performance.now()
  const { code, output } = runCommand('npm', ['run', '--silent', script], { capture: true })
  if (code !== 0) {
    console.log('failed')
    console.error(output)
    console.error(`The demo needs this step. To run it alone: npm run ${script}`)
    process.exit(code)
  }
  console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`)
}

/**
 * Runs the `tracer` command as a person would.
 *
 * @param {readonly string[]} args
 */
function show(args) {
  console.log(`\n$ npx tracer ${args.join(' ')}\n`)
  const { code } = runCommand(TRACER, args)
  if (code !== 0) process.exit(code)
}
