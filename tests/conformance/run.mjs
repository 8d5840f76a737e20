// node tests/conformance/run.mjs <test262 checkout> [filter] [--jobs 2] [--json file] [--revision text]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compareAll } from './lib/comparison.mjs'
import { compare, formatReport } from './lib/report.mjs'
import { listTests, revisionOf } from './lib/suite.mjs'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: 'string', default: '2' },
    json: { type: 'string' },
    revision: { type: 'string' },
  },
})
const [checkout, filter = ''] = positionals
if (checkout === undefined) {
  console.error('Which tests? node tests/conformance/run.mjs <path of a test262 checkout> [filter]')
  process.exitCode = 2
} else {
  await run(resolve(checkout), filter)
}

/**
 * @param {string} folder
 * @param {string} filterText
 */
async function run(folder, filterText) {
  const start = performance.now()
  const runs = listTests(folder, filterText)
  const comparisons = await compareAll(folder, runs, Number(values.jobs), (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${runs.length}`)
  })
  /** @type {Record<string, string>} */
  const deliberate = JSON.parse(readFileSync(new URL('deliberate-differences.json', import.meta.url), 'utf8'))
  /** @type {{ version: string }} */
  const { version } = createRequire(import.meta.url)('@tracer/instrument/package.json')
  /** @type {import('./lib/report.mjs').Report} */
  const report = {
    node: process.versions.node,
    v8: process.versions.v8,
    instrument: version,
    test262: values.revision ?? revisionOf(folder) ?? 'unknown',
    seconds: Math.round((performance.now() - start) / 1000),
    ...compare(comparisons, deliberate),
  }
  console.log(formatReport(report))
  if (values.json !== undefined) {
    mkdirSync(dirname(resolve(values.json)), { recursive: true })
    writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`)
  }
  process.exitCode = report.different.length > 0 ? 1 : 0
}
