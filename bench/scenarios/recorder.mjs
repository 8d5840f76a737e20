import { join } from 'node:path'
import { runNode, runRecorded, runTraced } from '../lib/traced-run.mjs'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'many-calls.mjs')

/** Less than the recorder can take, so that the program need not wait for it. */
const BOUNDED = '2500000'
const UNBOUNDED = 'Infinity'

const EVENTS = 10_000_000
const BYTES_A_RECORD = 20

/** The budget never sheds; other than with `--exact`, what the recorder has no time for is only counted. */
const WITHOUT_LIMIT = { overheadPercent: 1e9 }

export const isolates =
  'the recorder, with 10 million events streamed to disk: its memory, how soon it ends, and how many events it takes'

export const turns = 3

const MB = 'MB resident'
const MS_TO_FILES = 'ms from the last line to finished files'
const EVENTS_A_SECOND = 'events the recorder takes in a second on a core'

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: '10 million events streamed: memory added',
    measurement: MB,
    variant: 'interim - bare',
    unit: 'MB',
    atMost: 120,
  },
  {
    text: '… from the last line to the finished interim files',
    measurement: MS_TO_FILES,
    variant: 'interim',
    unit: 'ms',
    atMost: 1000,
  },
  { text: '… to the finished trace', measurement: MS_TO_FILES, variant: 'saved', unit: 'ms', atMost: 1000 },
  {
    text: 'events a second that the recorder takes to its interim file',
    measurement: EVENTS_A_SECOND,
    variant: 'flat out',
    unit: 'million',
    atLeast: 5e6,
  },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  return {
    bare: () => ({ [MB]: resultOf(runNode([PROGRAM, BOUNDED])).after.rssMb }),
    interim: () => {
      const run = runRecorded([PROGRAM, BOUNDED], { exact: true })
      if (run.bytes < EVENTS * BYTES_A_RECORD) throw new Error(`${run.bytes} bytes are not ${EVENTS} events.`)
      const { after, lastLineEpochMs } = resultOf(run)
      return { [MB]: after.rssMb, [MS_TO_FILES]: run.savedEpochMs - lastLineEpochMs }
    },
    saved: () => {
      const run = runTraced([PROGRAM, BOUNDED], ['--exact'])
      const { after, lastLineEpochMs } = resultOf(run)
      return { [MB]: after.rssMb, [MS_TO_FILES]: run.savedEpochMs - lastLineEpochMs }
    },
    'flat out': () => {
      const run = runRecorded([PROGRAM, UNBOUNDED], WITHOUT_LIMIT)
      const { before, after } = resultOf(run)
      const taken = run.bytes / BYTES_A_RECORD
      return {
        [EVENTS_A_SECOND]: (taken * 1000) / after.helperMs,
        'events taken a second': (taken * 1000) / (after.wallMs - before.wallMs),
        'share of the events taken': taken / EVENTS,
      }
    },
  }
}

/**
 * @typedef {import('../lib/usage.mjs').Usage} Usage
 * @param {{ readonly stdout: string }} run
 */
function resultOf({ stdout }) {
  return /** @type {{ before: Usage, after: Usage, lastLineEpochMs: number }} */ (JSON.parse(stdout))
}
