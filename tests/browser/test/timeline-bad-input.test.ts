import { describe } from 'vitest'
import { expect, test } from '../lib/browser-test.js'
import { pixelsOf } from '../lib/pixels.js'
import { LEFT, levelY, marked, settled, shown, status, surface, WIDTH } from '../lib/timeline-page.js'

describe('a trace that is not as it should be', () => {
  test('without events says so', async ({ open, serve }) => {
    const page = await shown(open, serve, 'empty')
    await page.getByText('This trace holds no events').waitFor()
    await surface(page).focus()
    for (const key of ['w', 'd', 'Enter', 'f', 'm', ']', 'ArrowDown', 'Escape']) await page.keyboard.press(key)
  })

  test('with times that are none, slices that overlap and a name of a megabyte is shown as far as it goes', async ({
    open,
    serve,
  }) => {
    const page = await shown(open, serve, 'broken')
    await surface(page).focus()
    for (const key of ['w', 'w', 'Enter', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'f', '0']) {
      await page.keyboard.press(key)
    }
    await settled(page)
    expect(((await status(page).textContent()) ?? '').length).toBeLessThan(500)
    const pixels = await pixelsOf(page)
    expect(marked(pixels, Math.round(await levelY(page, 'pool tid 9')), LEFT, LEFT + WIDTH).length).toBeGreaterThan(100)
  })
})
