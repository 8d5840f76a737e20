import { join } from 'node:path'
import { MAIN_MS, variantsOfJob, WARM_MAIN_MS } from '../lib/job.mjs'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'handlebars.mjs')

export const isolates = 'a template engine: Handlebars compiles a template and renders 2,000 rows, ten times a round'

/** All scenarios together are to take less than ten minutes. */
export const turns = 3

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'Handlebars compiles and renders 2,000 rows: slow-down',
    measurement: MAIN_MS,
    variant: 'default / bare',
    unit: 'x',
    atMost: 1.4,
  },
  { text: 'the same, once warm', measurement: WARM_MAIN_MS, variant: 'default / bare', unit: 'x' },
]

export const prepare = () => variantsOfJob(PROGRAM, 'handlebars')
