import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const folder = fileURLToPath(new URL('..', import.meta.url))

it('the example of the README makes its picture', () => {
  const readme = readFileSync(`${folder}/README.md`, 'utf8')
  const code = /```js\n([^]*?)```/.exec(readme)?.[1] ?? expect.fail('no js block')
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder })
  expect(printed.toString()).toBe(readFileSync(`${folder}/example.svg`, 'utf8'))
})
