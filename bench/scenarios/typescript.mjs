import { join } from 'node:path'
import { MAIN_MS, variantsOfJob, WARM_MAIN_MS } from '../lib/job.mjs'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'typescript.mjs')

export const isolates =
  'a large program of small functions: the TypeScript compiler parses lib.dom.d.ts and transpiles 250 KB, six times'

/** Each takes half a minute. */
export const turns = 3

const JOB = 'TypeScript parses `lib.dom.d.ts` and transpiles 250 KB'

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  { text: `${JOB}: slow-down`, measurement: MAIN_MS, variant: 'default / bare', unit: 'x', atMost: 1.5 },
  { text: 'the same, once warm', measurement: WARM_MAIN_MS, variant: 'default / bare', unit: 'x' },
  {
    text: 'the same, `--exact --clock native`',
    measurement: MAIN_MS,
    variant: 'exact / bare',
    unit: 'x',
    atMost: 4,
  },
]

export const prepare = () => variantsOfJob(PROGRAM, 'typescript')
