// `npm run browser`: sees to it that there is a browser for the tests of the pages.
import { browserAdvice, findChromium, installChromium, isDebian } from './lib/chromium.mjs'

const browser = findChromium() ?? installChromium()
if (browser) {
  console.log(`Browser for the tests: ${browser}`)
} else {
  console.error(browserAdvice({ debian: isDebian() }))
  process.exitCode = 1
}
