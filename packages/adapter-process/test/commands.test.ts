import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandName, isNode, mayStartNode, runsProgram, wrapsNode } from '../src/commands.js'

describe('a command', () => {
  it.each([
    ['node', true, true],
    ['/usr/local/bin/node', true, true],
    [process.execPath, true, true],
    ['nodejs', true, true],
    ['/bin/sh', false, true],
    ['npx', false, true],
    ['git', false, false],
    ['/bin/ls', false, false],
    ['/no/such/file', false, false],
  ])('%s is Node.js: %s, may start it: %s', (file, node, starts) => {
    expect([isNode(file), mayStartNode(file, undefined)]).toEqual([node, starts])
  })

  it('that is a script may start Node.js', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tracer-command-'))
    try {
      writeFileSync(join(folder, 'tool'), '#!/usr/bin/env node\n')
      chmodSync(join(folder, 'tool'), 0o755)
      expect([mayStartNode('./tool', folder), mayStartNode(join(folder, 'tool'), undefined)]).toEqual([true, true])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['env', 'env -i node app.js', true],
    ['/usr/bin/timeout', 'timeout 5 /usr/bin/node app.js', true],
    ['env', 'env -i node --version', false],
    ['env', 'env A=1 git log', false],
    ['grep', 'grep node app.js', false],
  ])('%s as %j is to start Node.js: %s', (file, args, wraps) => {
    expect(wrapsNode(file, args.split(' '))).toBe(wraps)
  })

  it('has the name of its file', () => {
    expect(['/usr/bin/git', 'git.exe', 'sh'].map(commandName)).toEqual(['git', 'git', 'sh'])
  })

  it.each([
    [['node', 'app.js', '-v'], true],
    [['node', '--version'], false],
    [['node', '--check', 'app.js'], false],
    [['node', 'app.js'], true],
  ])('%j runs a program: %s', (args, runs) => {
    expect(runsProgram(args)).toBe(runs)
  })
})
