// Runs jobs of popular packages bare and under `tracer --packages all`, and compares what they print and write.
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { install, installedVersions } from './lib/installation.mjs'
import { judge } from './lib/job-result.mjs'
import { runBare, runTraced, workspaceTracer } from './lib/job-run.mjs'
import { readJobs } from './lib/job.mjs'
import { countResults, formatResult } from './lib/report.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'tracer-real-programs') },
    json: { type: 'string' },
    tracer: { type: 'string' },
  },
})

const place = { folder: resolve(values.folder), tracer: resolve(values.tracer ?? workspaceTracer()) }
const jobs = readJobs(positionals)
install(place.folder)

/** @type {import('./lib/job-result.mjs').JobResult[]} */
const results = []
for (const job of jobs) {
  const result = await judge(job, { bare: () => runBare(job, place), traced: () => runTraced(job, place) })
  console.log(formatResult(result))
  results.push(result)
}

const counts = countResults(results)
console.log(
  `\n${counts.jobs} jobs on Node.js ${process.version}: ${counts.same} same, ` +
    `${counts.different} different, ${counts.cannotRunHere} cannot run here`,
)
const file = outputFile()
if (file !== undefined) {
  const packages = installedVersions(
    place.folder,
    jobs.flatMap((job) => job.packages),
  )
  const report = { node: process.version, platform: `${process.platform} ${process.arch}`, counts, packages, results }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`)
  console.log(`Written: ${file}`)
}
process.exitCode = counts.different > 0 || counts.same === 0 ? 1 : 0

/** A run of some jobs does not replace the results of all. */
function outputFile() {
  if (values.json !== undefined) return resolve(values.json)
  if (positionals.length > 0) return undefined
  const [major] = process.versions.node.split('.')
  return join(dirname(fileURLToPath(import.meta.url)), 'results', `node-${major}.json`)
}
