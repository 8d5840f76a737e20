import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SOURCE = join(import.meta.dirname, '../src')
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

describe('the core', () => {
  it.each(files.filter((file) => !file.startsWith('node')))('imports only files of the core: %s', (file) => {
    const text = readFileSync(join(SOURCE, file), 'utf8')
    const imported = Array.from(text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g), ([, name]) => name)
    expect(imported.filter((name) => !/^\.\.?\/[\w-]+\.js$/.test(name))).toEqual([])
  })

  it('has a Node entry, which is what the rule above leaves out', () => {
    expect(files.filter((file) => file.startsWith('node')).length).toBeGreaterThan(1)
  })
})
