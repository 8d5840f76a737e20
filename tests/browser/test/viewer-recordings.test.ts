import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from '../lib/viewer.js'

const PACKAGE = dirname(createRequire(import.meta.url).resolve('@tracer/serializer-json/package.json'))

test('a recording of VizTracer shows what a call was given and what it gave back', async ({ view }) => {
  const file = await readFile(join(PACKAGE, 'test/fixtures/viztracer/custom.json'))
  const page = await view({ 'custom.json': file })
  await page.getByRole('searchbox', { name: 'Filter functions' }).fill('_ModuleLockManager.__init__')
  await page
    .getByRole('row', { name: /__init__/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Selection' }).click()
  await page.getByRole('grid', { name: 'Calls of the same function' }).locator('.table-row').first().click()
  const panel = page.getByRole('region', { name: 'Selection' })
  await panel.getByRole('heading', { name: 'Arguments' }).waitFor()
  const facts = await panel.innerText()
  expect(facts).toMatch(/Arguments\s+self\s+\S.*\s+name\s+'[\w.]+'/)
  expect(facts).toMatch(/Return value\s+return_value\s+None/)
  expect(facts).not.toContain('func_args')
})
