import { recordingEnvironment } from '@tracer/loader'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-coverage-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it.each(['app.cjs', 'app.mjs'])('coverage of %s comes with a map that leads back to its text', (name) => {
  const code = 'function f() { return 1 }\nf()\n'
  writeFileSync(join(folder, name), code)
  const coverage = join(folder, 'coverage')
  const environment = { ...process.env, NODE_V8_COVERAGE: coverage }
  execFileSync(process.execPath, [join(folder, name)], {
    env: recordingEnvironment({ exact: true }, join(folder, 'session'), environment),
  })
  const reports = readdirSync(coverage).map(
    (file) =>
      JSON.parse(readFileSync(join(coverage, file), 'utf8')) as {
        readonly 'source-map-cache'?: Readonly<
          Record<string, { readonly data: { readonly sourcesContent: readonly string[] } }>
        >
      },
  )
  const maps = reports.flatMap((report) => Object.entries(report['source-map-cache'] ?? {}))
  const [, map] = maps.find(([url]) => url.endsWith(name)) ?? []
  expect(map?.data.sourcesContent).toEqual([code])
})
