import { recordingEnvironment } from '@tracer/loader'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli, runNode } from '../lib/traced-run.mjs'

const CHILDREN = 200

export const turns = 3

export const isolates = `making one trace of what a program and its ${CHILDREN} children recorded`

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: `a program with ${CHILDREN} short children: from the end of the last one to the saved file`,
    measurement: 'ms',
    variant: 'merge',
    unit: 'ms',
    atMost: 2000,
  },
]

const PARENT = `
const { spawn } = require('node:child_process')
let started = 0
function next() {
  if (started++ < ${CHILDREN}) spawn(process.execPath, [require('node:path').join(__dirname, 'child.cjs')]).on('exit', next)
}
for (let i = 0; i < 4; i++) next()
`
const CHILD = `
function work(n) { return n === 0 ? [0].map(String) : work(n - 1) }
for (let i = 0; i < 100; i++) work(5)
`

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-children-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'parent.cjs'), PARENT)
  writeFileSync(join(folder, 'child.cjs'), CHILD)
  const session = join(folder, 'session')
  mkdirSync(session)
  runNode([join(folder, 'parent.cjs')], recordingEnvironment({}, session, process.env))
  return {
    merge: () => {
      const copy = join(folder, 'copy')
      cpSync(session, copy, { recursive: true })
      return { ms: runCli(['recover', '--quiet', copy, '-o', join(folder, 'trace.pftrace')]).wholeMs }
    },
  }
}
