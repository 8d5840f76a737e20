// Writes docs/conformance.md from the results of all runs: node tests/conformance/write-docs.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { formatPage } from './lib/page.mjs'

const RESULTS = new URL('results/', import.meta.url)

/** @type {import('./lib/report.mjs').Report[]} */
const reports = readdirSync(RESULTS)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, RESULTS), 'utf8')))

writeFileSync(new URL('../../docs/conformance.md', import.meta.url), formatPage(reports))
