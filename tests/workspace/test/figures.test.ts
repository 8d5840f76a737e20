import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withFigures } from 'bench/figures-table'

const README = join(import.meta.dirname, '..', '..', '..', 'README.md')

it('the figures of the README are those of the latest results', async () => {
  const text = readFileSync(README, 'utf8')
  expect(await withFigures(text), 'run npm run bench:docs').toBe(text)
})
