import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { browserAdvice, findChromium, isDebian } from '../../../scripts/lib/chromium.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser that all test files share listens. */
    browserEndpoint: string
  }
}

/** No graphics card, no telephone home: without these, Chromium looks for hosts at every start. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that asks for another machine gets an error, which the tests see.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

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
