import { protobuf } from '@tracer/serializer-protobuf'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inventTrace } from '../lib/invented-trace.mjs'
import { runCli } from '../lib/traced-run.mjs'

const FILES = 10
const CALLS = 900_000

export const turns = 3

export const isolates = `combining ${FILES} files of some 20 MB of Perfetto's packets into one: time and memory of the command`

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'combining ten traces: bytes read a second',
    measurement: 'MB a second',
    variant: 'combine',
    unit: 'MB',
    atLeast: 60,
  },
  {
    text: 'combining ten traces: the most memory that the command uses',
    measurement: 'peak MB',
    variant: 'combine',
    unit: 'MB',
    atMost: 1000,
  },
]

/** @returns {Promise<Record<string, import('../lib/scenario.mjs').Variant>>} */
export async function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-combine-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const trace = inventTrace(CALLS)
  const files = Array.from({ length: FILES }, (_, i) => join(folder, `${i}.pftrace`))
  for (const path of files) {
    const file = openSync(path, 'w')
    for await (const piece of protobuf().serialize(trace)) writeSync(file, piece)
    closeSync(file)
  }
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  return {
    combine: () => {
      const { wholeMs, peakMb } = runCli(['combine', '--quiet', ...files, '-o', join(folder, 'all.pftrace')])
      return { 'MB a second': bytes / 1e6 / (wholeMs / 1000), 'peak MB': peakMb }
    },
  }
}
