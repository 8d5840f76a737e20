import type { Page } from 'playwright-core'
import { demoTrace } from '../lib/demo-trace.js'
import { pixelsOf } from '../lib/pixels.js'
import { expect, test } from '../lib/viewer.js'

/** Presses Tab until what has the focus is named so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab')
    const label = await page.evaluate(() => {
      let focused = document.activeElement
      while (focused?.shadowRoot?.activeElement != null) focused = focused.shadowRoot.activeElement
      return focused?.getAttribute('aria-label') ?? focused?.textContent ?? ''
    })
    if (label.startsWith(name)) return
  }
  throw new Error(`Tab never comes to ${name}.`)
}

test('everything can be reached and used with the keyboard alone', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await tabTo(page, 'Timeline')
  await page.keyboard.press('Enter')
  await page.keyboard.press('1')
  const panel = page.getByRole('region', { name: 'Selection' })
  await panel.getByRole('heading', { name: 'main', exact: true }).waitFor()
  await page.keyboard.press('ArrowDown')
  await panel.getByRole('heading', { name: 'load', exact: true }).waitFor()
  await page.keyboard.press(']')
  await panel.getByRole('heading', { name: 'job', exact: true }).waitFor()

  await page.keyboard.press('2')
  await tabTo(page, 'Functions, rows')
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await panel.getByRole('heading', { name: 'load', exact: true }).waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('parse')
  await page.keyboard.press('Enter')
  await panel.getByRole('heading', { name: 'parse', exact: true }).waitFor()
})

test('tabs, menu and help follow the keys that they have everywhere', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  await tabTo(page, 'Export')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: /^Trace/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Timeline as PNG')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  await tabTo(page, 'Functions')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.getByRole('tab', { name: 'Flamegraph' }).getAttribute('aria-selected')).toBe('true')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Help and keys' }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
})

test('every view is gone to by its number, and all that can be used in it is reached by Tab', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace(2), 'b.pftrace': demoTrace(3) }, { hash: 'compare=1&slice=0.1' })
  for (const [key, name, inside] of [
    ['1', 'Selection', 'Calls of the same function, rows'],
    ['2', 'Functions', 'Functions, rows'],
    ['3', 'Flamegraph', 'Flamegraph'],
    ['4', 'Callers', 'Flamegraph'],
    ['5', 'Async tree', 'Async tree, rows'],
    ['6', 'Source', 'Source of'],
    ['8', 'Compare', 'Compared functions, rows'],
  ]) {
    await page.keyboard.press(key)
    const tab = page.getByRole('tab', { name, exact: true })
    await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true')
    await tab.focus()
    await tabTo(page, inside)
    expect(await page.locator('#panel').evaluate((panel) => panel.contains(document.activeElement))).toBe(true)
  }
})

test('nothing that can be used is without a name, in any view', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace(2), 'b.pftrace': demoTrace(3) }, { hash: 'compare=1&slice=0.1' })
  for (const key of ['1', '2', '3', '4', '5', '6', '7', '8']) {
    await page.keyboard.press(key)
    await expect.poll(() => page.getByRole('tab', { selected: true }).count()).toBe(1)
    const snapshot = await page.locator('body').ariaSnapshot()
    expect(snapshot).not.toMatch(
      /- (?:button|link|checkbox|searchbox|textbox|combobox|tab|grid|treegrid|tree|application|separator)(?::| \[|$)/m,
    )
  }
})

test('landmarks and labels say what is where', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  const snapshot = await page.locator('body').ariaSnapshot()
  for (const line of [
    '- banner:',
    '- main:',
    '- search:',
    '- heading "Tracer" [level=1]',
    '- region "Timelines":',
    '- separator "Size of the panels"',
    '- tablist "Panels":',
    '- tab "Functions" [selected]',
    '- columnheader "Self"',
  ]) {
    expect(snapshot).toContain(line)
  }
})

test('a key shows the arrows of all that is in view, and hides them again', async ({ view }) => {
  const page = await view({ 'a.pftrace': demoTrace() })
  const surface = page.getByRole('application', { name: 'Timeline' })
  const without = await pixelsOf(surface)
  const changed = async () => (await pixelsOf(surface)).difference(without)
  await page.keyboard.press('l')
  await expect.poll(changed).toBeGreaterThan(20)
  await page.keyboard.press('l')
  await expect.poll(changed).toBe(0)
})
