import { launchBrowser, openPage } from '../lib/browser.mjs'

const SLICES = 10_000_000

export const isolates = `drawing a timeline of ${SLICES.toLocaleString('en')} slices while it is zoomed and panned, in a headless browser without a graphics card`

export const turns = 3

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'The timeline of ten million slices, zoomed and panned: a frame, median',
    measurement: 'ms a frame, median',
    variant: '2560 x 1440, 8 threads',
    unit: 'ms',
    atMost: 33,
  },
  {
    text: 'The slowest of these frames',
    measurement: 'ms a frame, worst',
    variant: '2560 x 1440, 8 threads',
    unit: 'ms',
    atMost: 100,
  },
]

/** @type {string | undefined} */
let version

/** What the numbers depend on besides the machine. */
export function environment() {
  return { browser: `Chromium ${version}` }
}

/** @type {() => Promise<void>} */
let leave = () => Promise.resolve()

/** After the last turn. */
export const finish = () => leave()

/** @returns {Promise<Record<string, import('../lib/scenario.mjs').Variant>>} */
export async function prepare() {
  const browser = await launchBrowser()
  version = browser.version()
  leave = () => browser.close()
  /** @param {{ width: number, height: number }} viewport @param {string} kind */
  const variant = (viewport, kind) => async () => {
    const page = await openPage(browser, 'timeline', viewport)
    const shown = await page.evaluate((what) => Reflect.get(window, 'bench').show(what), { slices: SLICES, kind })
    const moved = await page.evaluate(() => Reflect.get(window, 'bench').move())
    await page.close()
    return { ...shown, ...moved }
  }
  return {
    '1280 x 720': variant({ width: 1280, height: 720 }, 'towers'),
    '2560 x 1440, 8 threads': variant({ width: 2560, height: 1440 }, 'busy'),
  }
}
