import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { browserAdvice, CHROMIUM_FLAGS, findChromium, isDebian } from '../../../scripts/lib/chromium.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser that all test files share listens. */
    browserEndpoint: string
  }
}

/** Starts the browser before the first test file, and ends it after the last. */
export default async function startBrowser(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(browserAdvice({ debian: isDebian() }))
  const server = await chromium.launchServer({
    executablePath,
    host: '127.0.0.1',
    args: [...CHROMIUM_FLAGS],
    // Its sandbox refuses to run as root.
    chromiumSandbox: process.getuid?.() !== 0,
  })
  project.provide('browserEndpoint', server.wsEndpoint())
  return () => server.close()
}
