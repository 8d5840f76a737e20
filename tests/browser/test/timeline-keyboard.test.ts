import { describe } from 'vitest'
import { expect, test } from '../lib/browser-test.js'
import { pixelsOf } from '../lib/pixels.js'
import { shown, spanOf, status, surface, viewOf } from '../lib/timeline-page.js'
import type {} from './pages/timeline.js'

describe('the keyboard alone', () => {
  test('moves through time and zooms', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await surface(page).focus()
    const before = await viewOf(page)
    for (let turn = 0; turn < 4; turn++) await page.keyboard.press('w')
    await expect.poll(() => spanOf(page)).toBeLessThan((before.toNs - before.fromNs) / 3)
    const zoomed = await viewOf(page)
    await page.keyboard.press('d')
    await expect.poll(async () => (await viewOf(page)).fromNs).toBeGreaterThan(zoomed.fromNs)
    await page.keyboard.press('a')
    await expect.poll(async () => Math.abs((await viewOf(page)).fromNs - zoomed.fromNs)).toBeLessThan(1)
    await page.keyboard.press('End')
    await expect.poll(async () => Math.abs((await viewOf(page)).toNs - before.toNs)).toBeLessThan(1)
    await page.keyboard.press('Home')
    await expect.poll(async () => Math.abs((await viewOf(page)).fromNs - before.fromNs)).toBeLessThan(1)
    await page.keyboard.press('0')
    await expect.poll(() => viewOf(page)).toEqual(before)
  })

  test('goes from slice to slice, in and out, and along arrows', async ({ open, serve }) => {
    const page = await shown(open, serve)
    await surface(page).focus()
    const says = async (start: string): Promise<void> =>
      expect.poll(() => status(page).textContent()).toMatch(new RegExp(`^${start}, `))
    await page.keyboard.press('Enter')
    await says('serve')
    await page.keyboard.press('ArrowLeft')
    await says('boot')
    await page.keyboard.press('ArrowDown')
    await says('readConfig')
    await page.keyboard.press(']')
    await says('compress')
    await page.keyboard.press('[')
    await says('readConfig')
    await page.keyboard.press('ArrowRight')
    await says('parse')
    await page.keyboard.press('ArrowUp')
    await says('serve')
    await page.keyboard.press('f')
    await expect.poll(() => spanOf(page)).toBeLessThan(7e8)
    await page.keyboard.press('m')
    expect(await page.evaluate(() => window.told.range)).toEqual({ fromNs: 2e8, toNs: 6e8 })
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => window.told.selection)).toBeUndefined()
  })

  test('finds instructions and a ring around what has the focus', async ({ open, serve }) => {
    const page = await shown(open, serve)
    const before = await pixelsOf(page)
    await page.getByRole('searchbox').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expect.poll(() => surface(page).evaluate((element) => element.matches(':focus'))).toBe(true)
    expect((await pixelsOf(page)).difference(before)).toBeGreaterThan(2000)
    expect(await surface(page).evaluate((element) => element.getAttribute('aria-describedby'))).toBe('help')
    expect(await page.locator('#help').textContent()).toContain('Square brackets follow arrows')
  })
})
