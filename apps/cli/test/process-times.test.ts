import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { record } from './recorded.js'

/** Two processes that send one another a message in turn, each in a function of its own. */
const ROUNDS = 5000
const FILES = {
  'app.js': `
    const child = require('node:child_process').fork('child.js')
    function ask(round) { child.send(round) }
    child.on('message', function answered(round) { if (round === ${ROUNDS}) child.disconnect(); else ask(round + 1) })
    ask(1)`,
  'child.js': `
    function answer(round) { process.send(round) }
    process.on('message', function asked(round) { answer(round) })`,
}

interface Slice {
  readonly ph: string
  readonly name: string
  readonly ts: number
}

/** When each call of a function began, in microseconds. */
function startsOf(slices: readonly Slice[], name: string): number[] {
  return slices.filter((slice) => slice.name === name).map(({ ts }) => ts)
}

describe('messages between processes', { timeout: 120_000 }, () => {
  it.each(['portable', 'auto'])(
    'are never received before they were sent, by more than 50 µs, in 10,000 tries, with the %s clock',
    async (clock) => {
      const { folder } = await record(FILES, ['--exact', '--clock', clock, 'app.js'])
      const events = JSON.parse(readFileSync(join(folder, 'trace.json'), 'utf8')) as Slice[]
      const slices = events.filter(({ ph }) => ph === 'X').sort((a, b) => a.ts - b.ts)
      for (const [sender, receiver] of [
        ['ask', 'asked'],
        ['answer', 'answered'],
      ]) {
        const sent = startsOf(slices, sender)
        const received = startsOf(slices, receiver)
        expect([sent.length, received.length]).toEqual([ROUNDS, ROUNDS])
        const earlyUs = Math.max(...sent.map((ts, round) => ts - received[round]))
        expect(earlyUs).toBeLessThan(50)
      }
    },
  )
})
