import { demoTrace } from '../lib/demo-trace.js'
import { pixelsOf } from '../lib/pixels.js'
import { expect, pointAt, rowsOf, test } from '../lib/viewer.js'

test('a reload comes back to the same view: stretch of time, selection, tab, search and theme', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await page.getByRole('application', { name: 'Timeline' }).focus()
  for (let press = 0; press < 3; press++) await page.keyboard.press('w')
  const { x, y } = await pointAt(page, 'parse', 0.54)
  await page.mouse.click(x, y)
  await page.mouse.move(0, 0)
  await page.getByRole('searchbox', { name: /^Search/ }).fill('parse')
  await page.getByRole('button', { name: 'Use dark colours' }).click()
  await page.getByRole('tab', { name: 'Selection' }).click()
  await expect.poll(() => page.url()).toMatch(/view=.*slice=/)
  await expect.poll(() => page.url()).toContain('theme=dark')
  const facts = await page.getByText(/ns long$/).textContent()
  const before = await pixelsOf(page.getByRole('region', { name: 'Timelines' }))

  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await page.getByRole('button', { name: 'Use light colours' }).waitFor()
  expect(await page.getByRole('tab', { name: 'Selection' }).getAttribute('aria-selected')).toBe('true')
  await expect.poll(() => page.getByText(/ns long$/).textContent()).toBe(facts)
  expect(await page.getByRole('searchbox', { name: /^Search/ }).inputValue()).toBe('parse')
  await expect
    .poll(async () => (await pixelsOf(page.getByRole('region', { name: 'Timelines' }))).difference(before))
    .toBeLessThan(200)
})

test('a link with a range comes to the tables of that range', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() }, { hash: 'tab=functions&range=4000000_20000000' })
  expect((await rowsOf(page, 'Functions')).map(([name]) => name)).toEqual(['load', 'main'])
})

test('a link that says nonsense shows the whole trace', async ({ view }) => {
  const page = await view(
    { 'a.pftrace': demoTrace() },
    { hash: 'tab=x&range=9_1&view=NaN_2&slice=77.1e9&site=-4&q=&theme=pink' },
  )
  expect((await rowsOf(page, 'Functions')).length).toBe(4)
})

test('a link to a file that was dropped says which file to open, and goes there', async ({ view }) => {
  const page = await view({}, { hash: 'name=b.pftrace&tab=callers' })
  await page.getByText('This link is about b.pftrace').waitFor()
})
