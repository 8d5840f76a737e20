import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const FOLDER = join(import.meta.dirname, '..')
const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8')

describe('the README', () => {
  it('has an example that prints what it says', () => {
    const code = block('js')
    expect(code.split('\n').length).toBeLessThan(30)
    // From this folder the package finds itself by its name, as a user's program would.
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: FOLDER,
      encoding: 'utf8',
    })
    expect(printed).toBe(`${block('text')}\n`)
  })

  it('has a row for each option, with its default', () => {
    const rows = Array.from(readme.matchAll(/^\| `(\w+)` +\| (\S+)/gm), ([, name, value]) => [name, value])
    expect(rows).toEqual([
      ['capacity', '1,000,000'],
      ['overflow', "`'overwrite'`"],
      ['clock', '`portableClock()`'],
      ['name', "`''`"],
    ])
  })
})

function block(language: string): string {
  const [, code] = new RegExp(`\`\`\`${language}\\n([^]*?)\\n\`\`\``).exec(readme) ?? []
  if (code === undefined) throw new Error(`README.md has no block of ${language}`)
  return code
}
