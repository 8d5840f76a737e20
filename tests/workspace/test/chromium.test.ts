import { chmodSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browserAdvice, findChromium } from '../../../scripts/lib/chromium.mjs'
import { writeWorkspace } from './file-tree.js'

describe('findChromium', () => {
  it('takes the browser that is named', () => {
    expect(findChromium({ TRACER_CHROMIUM: '/opt/browser', PATH: '' })).toBe('/opt/browser')
  })

  it('searches the PATH for programs', () => {
    const root = writeWorkspace({ 'none/chromium/readme.txt': '', 'some/chromium': '' })
    chmodSync(join(root, 'some/chromium'), 0o755)
    const folders = ['none', 'some'].map((folder) => join(root, folder)).join(delimiter)
    expect(findChromium({ PATH: folders })).toBe(join(root, 'some/chromium'))
  })

  it('passes over files that cannot be run', () => {
    const root = writeWorkspace({ 'some/chromium': '' })
    expect(findChromium({ PATH: join(root, 'some') })).not.toBe(join(root, 'some/chromium'))
  })
})

describe('browserAdvice', () => {
  it('says the line to type on a Debian', () => {
    expect(browserAdvice({ debian: true })).toContain('apt-get install -y --no-install-recommends chromium')
  })
})
