/**
 * A picture of a page of the viewer, once it shows its trace.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} path where to save it
 * @param {string} address
 * @param {{ width: number, height: number }} viewport
 * @param {'light' | 'dark'} colorScheme
 * @param {(page: import('playwright-core').Page) => Promise<void>} [arrange] brings the page to what is to be seen
 */
export async function takePicture(browser, path, address, viewport, colorScheme, arrange) {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' })
  await page.goto(address)
  await page.getByRole('tablist', { name: 'Panels' }).waitFor()
  await page.getByRole('region', { name: 'Files being opened' }).waitFor({ state: 'detached' })
  await arrange?.(page)
  // Graphs draw themselves some frames later.
  await page.waitForTimeout(1000)
  await page.screenshot({ path })
  await page.close()
}
