import { readAhead } from './load/load.js'
import { filesInAddress } from './load/served.js'

// The page itself is much more than this: files are on their way before it is there.
for (const { source } of filesInAddress()) readAhead(source)

// This may run before the page is parsed.
if (document.getElementById('app') === null) addEventListener('DOMContentLoaded', showPage, { once: true })
else showPage()

function showPage(): void {
  void import('./main.js')
}
