import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CliError } from '../src/cli-error.js'
import { evalTarget, resolveTarget } from '../src/target.js'
import { tempFolder } from './temp-folder.js'

const SCRIPT = 'console.log(1)\n'
const NODE_BIN = '#!/usr/bin/env node\n'
const PNPM_SHIM = '#!/bin/sh\nexec node  "$basedir/../lint/bin/lint.js" "$@"\n'

/** What `tracer <name>` would start, paths from the folder, and the package it belongs to. */
function start(folder: string, name: string, from = '.'): string {
  const target = resolveTarget(name, ['--arg'], join(folder, from), { PATH: join(folder, 'path') })
  const words = [target.command, ...target.args].map((word) =>
    word === process.execPath ? 'node' : word.startsWith(folder) ? relative(folder, word) : word,
  )
  return words.join(' ') + (target.ownPackage === undefined ? '' : ` (${target.ownPackage})`)
}

describe('what is started', () => {
  const cases: Record<string, { files: Record<string, string>; name: string; from?: string; started: string }> = {
    'a script': { files: { 'app.ts': SCRIPT }, name: 'app.ts', started: 'node app.ts --arg' },
    'a script in a folder': {
      files: { 'src/app.mjs': SCRIPT },
      name: './src/app.mjs',
      started: 'node src/app.mjs --arg',
    },
    'a script without its extension': {
      files: { 'src/app.cts': SCRIPT },
      name: 'src/app',
      started: 'node src/app.cts --arg',
    },
    'the script rather than its TypeScript': {
      files: { 'app.js': SCRIPT, 'app.ts': SCRIPT },
      name: 'app',
      started: 'node app.js --arg',
    },
    'a file without an extension': { files: { app: SCRIPT }, name: 'app', started: 'node app --arg' },
    'an executable of Node': { files: { 'bin/app': NODE_BIN }, name: 'bin/app', started: 'node bin/app --arg' },
    'an executable of another language': {
      files: { 'run.sh': '#!/bin/sh\nnode app.js\n' },
      name: './run.sh',
      started: 'run.sh --arg',
    },
    'a file before a command': {
      files: { lint: SCRIPT, 'node_modules/.bin/lint': NODE_BIN },
      name: 'lint',
      started: 'node lint --arg',
    },
    'a linked command, as a package of its own': {
      files: { 'node_modules/lint/bin/lint.js': NODE_BIN, 'node_modules/.bin/lint': '-> ../lint/bin/lint.js' },
      name: 'lint',
      started: 'node_modules/.bin/lint --arg (lint)',
    },
    'a command of a scoped package': {
      files: { 'node_modules/@a/lint/lint.js': NODE_BIN, 'node_modules/.bin/lint': '-> ../@a/lint/lint.js' },
      name: 'lint',
      started: 'node_modules/.bin/lint --arg (@a/lint)',
    },
    'a command behind a shim': {
      files: {
        'node_modules/.pnpm/lint@1/node_modules/lint/bin/lint.js': NODE_BIN,
        'node_modules/lint': '-> .pnpm/lint@1/node_modules/lint',
        'node_modules/.bin/lint': PNPM_SHIM,
      },
      name: 'lint',
      started: 'node_modules/.bin/lint --arg (lint)',
    },
    'a command of a folder above': {
      files: {
        'node_modules/lint/lint.js': NODE_BIN,
        'node_modules/.bin/lint': '-> ../lint/lint.js',
        'packages/a/package.json': '{}',
      },
      name: 'lint',
      from: 'packages/a',
      started: 'node_modules/.bin/lint --arg (lint)',
    },
    'a command of PATH': { files: { 'path/make': '#!/bin/sh\n' }, name: 'make', started: 'path/make --arg' },
    'a launcher, whose package is not the user’s': {
      files: {
        'lib/node_modules/npm/bin/npm-cli.js': NODE_BIN,
        'path/npm': '-> ../lib/node_modules/npm/bin/npm-cli.js',
      },
      name: 'npm',
      started: 'path/npm --arg',
    },
    'a script of a package by its path': {
      files: { 'node_modules/lint/lint.js': SCRIPT },
      name: 'node_modules/lint/lint.js',
      started: 'node node_modules/lint/lint.js --arg (lint)',
    },
    'a folder that Node can run': {
      files: { 'app/package.json': '{"main":"start.js"}', 'app/start.js': SCRIPT },
      name: './app',
      started: 'node app --arg',
    },
  }

  it.each(Object.entries(cases))('%s', (_, { files, name, from, started }) => {
    expect(start(tempFolder(files), name, from)).toBe(started)
  })

  it('code, whose arguments Node does not take for its own', () => {
    expect(evalTarget('1', ['--flag'])).toEqual({ command: process.execPath, args: ['-e', '1', '--', '--flag'] })
    expect(evalTarget('1', [])).toEqual({ command: process.execPath, args: ['-e', '1'] })
  })
})

describe('what is not there', () => {
  const elsewhere = 'no command of that name in node_modules/.bin or on PATH.'
  const cases: Record<string, { files: Record<string, string>; name: string; message: string }> = {
    'nothing like it': {
      files: {},
      name: 'nothing-like-it',
      message: `There is no file 'nothing-like-it', and ${elsewhere}`,
    },
    'a slip in a file': {
      files: { 'server.ts': SCRIPT },
      name: 'sevrer.ts',
      message: `There is no file 'sevrer.ts', and ${elsewhere} Did you mean server.ts?`,
    },
    'a slip without extension': {
      files: { 'server.ts': SCRIPT },
      name: 'sevrer',
      message: `There is no file 'sevrer', and ${elsewhere} Did you mean server?`,
    },
    'a slip in a folder': {
      files: { 'src/server.ts': SCRIPT },
      name: 'src/sever.ts',
      message: "There is no file 'src/sever.ts'. Did you mean src/server.ts?",
    },
    'a slip in a command of node_modules': {
      files: { 'node_modules/.bin/eslint': NODE_BIN },
      name: 'eslnit',
      message: `There is no file 'eslnit', and ${elsewhere} Did you mean eslint?`,
    },
    'a slip in a command of PATH': {
      files: { 'path/python': '#!/bin/sh\n' },
      name: 'pyhton',
      message: `There is no file 'pyhton', and ${elsewhere} Did you mean python?`,
    },
    'a slip in a command of tracer': {
      files: {},
      name: 'reprot',
      message: `There is no file 'reprot', and ${elsewhere} Did you mean report?`,
    },
    'a folder that Node cannot run': {
      files: { 'data/a.csv': '' },
      name: 'data',
      message: "'data' is a folder without a package.json or an index.js.",
    },
  }

  it.each(Object.entries(cases))('%s', (_, { files, name, message }) => {
    const folder = tempFolder(files)
    try {
      start(folder, name)
      expect.fail('it was found')
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      expect(error).toMatchObject({ code: 'TARGET_NOT_FOUND', exitCode: 2, message })
      expect(error.nextStep).toMatch(/tracer .*<file/)
    }
  })
})
