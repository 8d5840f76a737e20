import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { pageOf } from '../single-file.js'

const PAGE = pageOf('let a = "</script><!-- <script type="', 'p { color: red }')

test('nothing in the script ends it, or looks like the trace', () => {
  const [, script] = /<script>([^]*?)<\/script>/u.exec(PAGE) ?? []
  expect(script).toBe('let a = "\\x3c/script>\\x3c!-- \\x3cscript type="')
})

test('the policy allows the script and the style that are there, and nobody to be asked', () => {
  const [, script = ''] = /<script>([^]*?)<\/script>/u.exec(PAGE) ?? []
  const hash = createHash('sha256').update(script).digest('base64')
  expect(PAGE).toContain(`script-src 'sha256-${hash}'`)
  expect(PAGE).toContain("default-src 'none'")
  expect(PAGE).not.toContain('connect-src')
})
