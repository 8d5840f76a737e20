import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../src/commands.js'
import { usage } from '../src/help.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

describe('the README', () => {
  it.each(COMMANDS.filter((spec) => Object.keys(spec.options).length > 0))('has the options of $name', (spec) => {
    const rows = Object.values(spec.options).map(({ flags, initialText, meaning }) => {
      const initial = initialText === '' ? '' : `\`${initialText}\``
      return `| \`${flags}\` | ${initial} | ${meaning} |`
    })
    expect(readme).toContain(['| option | default | meaning |', '|---|---|---|', ...rows].join('\n'))
  })

  it('has the commands', () => {
    for (const spec of COMMANDS.slice(1)) expect(readme).toContain(`\n${usage(spec)}\n`)
  })
})
