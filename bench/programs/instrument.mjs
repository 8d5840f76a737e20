// Instruments a file once, in a process that has done nothing else, and prints how long it took.
import { SiteTable } from '@tracer/core'
import { instrument } from '@tracer/instrument'
import { readFileSync } from 'node:fs'

const file = process.argv[2]
const code = readFileSync(file, 'utf8')
const firstSiteId = new SiteTable().add({ kind: 'module', name: 'first', file, line: 1, column: 1 })
const start = performance.now()
const result = instrument(code, {
  file,
  format: 'commonjs',
  firstSiteId,
  probeModule: 'file:///probes.mjs',
  probeGlobal: 'PROBES',
})
const milliseconds = performance.now() - start
if ('skipped' in result) throw new Error(result.message)
console.log(JSON.stringify({ megabytes: code.length / 1e6, milliseconds }))
