// Writes the figures of the latest results into the README: `npm run bench:docs`.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withFigures } from './lib/figures-table.mjs'

const README = join(import.meta.dirname, '..', 'README.md')

writeFileSync(README, await withFigures(readFileSync(README, 'utf8')))
