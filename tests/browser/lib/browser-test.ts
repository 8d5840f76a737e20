import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { inject, test as base } from 'vitest'
import { PageWatch } from './page-watch.js'
import { serveSite, type Site, type SiteContent } from './site.js'

export { expect } from 'vitest'

/** What a test gets, and what is closed behind it. */
export interface BrowserFixtures {
  /** The browser that all files share; for pages use `open`. */
  readonly browser: Browser
  /** What the pages of the test complained about and asked for. */
  readonly watch: PageWatch
  /**
   * A page of its own context (no cookies, no storage), loaded. When the test ends, anything that it
   * complained about and that was not taken by `watch.take(page)` fails the test.
   */
  readonly open: (url: string, options?: BrowserContextOptions) => Promise<Page>
  /** Serves a folder, or files by path, and gives the origin. */
  readonly serve: (content: SiteContent) => Promise<string>
  /** Opens one page of HTML by a server of its own, so that it has an origin as pages have. */
  readonly show: (html: string, options?: BrowserContextOptions) => Promise<Page>
}

/** The same on every machine. */
const CONTEXT: BrowserContextOptions = {
  viewport: { width: 1280, height: 720 },
  deviceScaleFactor: 1,
  colorScheme: 'light',
  reducedMotion: 'reduce',
  locale: 'en-US',
  timezoneId: 'UTC',
}

/** vitest's `test`, with pages. */
export const test = base.extend<BrowserFixtures>({
  browser: [
    // Vitest reads from the pattern which fixtures one needs.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browser = await chromium.connect(inject('browserEndpoint'))
      await use(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],

  // eslint-disable-next-line no-empty-pattern
  watch: async ({}, use) => {
    const watch = new PageWatch()
    await use(watch)
    const left = watch.takeAll()
    if (left.length > 0) throw new Error(`The page complained:\n${left.join('\n')}`)
  },

  open: async ({ browser, watch }, use) => {
    const pages: Page[] = []
    await use(async (url, options) => {
      const context = await browser.newContext({ ...CONTEXT, ...options })
      const page = await context.newPage()
      pages.push(page)
      watch.add(page)
      await page.goto(url)
      return page
    })
    await Promise.all(pages.map((page) => page.context().close()))
  },

  // eslint-disable-next-line no-empty-pattern
  serve: async ({}, use) => {
    const sites: Site[] = []
    await use(async (content) => {
      const site = await serveSite(content)
      sites.push(site)
      return site.origin
    })
    await Promise.all(sites.map((site) => site.close()))
  },

  show: async ({ open, serve }, use) => {
    await use(async (html, options) => open(await serve({ '/': html }), options))
  },
})
