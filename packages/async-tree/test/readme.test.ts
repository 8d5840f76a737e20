import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const folder = fileURLToPath(new URL('..', import.meta.url))

it('the example of the README prints what the README says', () => {
  const readme = readFileSync(`${folder}/README.md`, 'utf8')
  const block = (language: string): string =>
    new RegExp('```' + language + '\n([^]*?)```').exec(readme)?.[1] ?? expect.fail(`no ${language} block`)
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', block('js')], { cwd: folder })
  expect(printed.toString()).toBe(block('text'))
})
