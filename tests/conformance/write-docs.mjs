// Writes docs/conformance.md from the results of all runs: node tests/conformance/write-docs.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { formatPage } from './lib/page.mjs'

/** @type {import('./lib/report.mjs').Report[]} */
const suites = readResults(new URL('results/', import.meta.url))
/** @type {import('./lib/programs-section.mjs').ProgramReport[]} */
const programs = readResults(new URL('../real-programs/results/', import.meta.url))
const reasons = readReasons(new URL('../real-programs/fixtures/', import.meta.url))

writeFileSync(new URL('../../docs/conformance.md', import.meta.url), formatPage(suites, programs, reasons))

/**
 * Everything in a folder of results, each of the shape that its runner wrote.
 *
 * @param {URL} folder
 */
function readResults(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
}

/**
 * Why jobs are known to differ, by name, as their `job.json` says.
 *
 * @param {URL} folder
 * @returns {Record<string, string>}
 */
function readReasons(folder) {
  const jobs = readdirSync(folder).map((name) => {
    const { knownDifference = '' } = JSON.parse(readFileSync(new URL(`${name}/job.json`, folder), 'utf8'))
    return [name, knownDifference]
  })
  return Object.fromEntries(jobs)
}
