import { describe, expect, it } from 'vitest'
import { readSession, type Session } from '../src/index.js'
import { ModeMoves } from '../src/mode-moves.js'
import { traceText } from './session-text.js'
import { writtenSession } from './written-session.js'

const END = 'end 70/30 check 4 tick 1000 latest 53000'

const sessions: Record<string, { written: string; trace: string }> = {
  'turns ticks into times by the pairs before and after a record': {
    written: `
      thread main
      clock 0=5000
      f 10-20
      clock 40=5400
      ${END}`,
    trace: `
      main
        5100-5200 f`,
  },
  'has no jump where the counter was reset': {
    written: `
      thread main
      clock 100=5000 120=5040
      f 110-115
      clock 5=5100 25=5140
      g 6-7
      f 116-9
      ${END}`,
    trace: `
      main
        5020-5030 f
        5032-5108 f
          5102-5104 g`,
  },
  'ends the calls there that were open when recording stopped, and those of the next time stand beside them': {
    written: `
      thread main
      stopped @8
      f 5-7
      started @12
      g 13-15
      h 4-16
      f 3-17
      ${END}`,
    trace: `
      main
        1006-1016 f*
          1008-1016 h*
            1010-1014 f
        1026-1030 g
        @1016 recording stopped
        @1024 recording started`,
  },
  'ends at once what another thread began when it was just told to stop': {
    written: `
      thread main
      stopped @8
      f 9-10
      g 11-30
      f 7-8
      ended @40
      ${END}`,
    trace: `
      main
        1014-1016 f
        1018-1018 f*
        1022-1022 g*
        @1016 recording stopped`,
  },
  'ends calls at the stop that were still open at the end': {
    written: `
      thread main
      f 2-3
      stopped @8
      g 4-NaN`,
    trace: `
      main incomplete
        1004-1006 f
        1008-1016 g*
        @1016 recording stopped`,
  },
  'takes of the counts of a site the last, and adds up those of two threads apart': {
    written: `
      thread main
      counts f 12x 400 g 3x 9 +6
      counts f 15x 500
      ${END}
      thread worker
      counts f 1x 2 +4
      ${END}`,
    trace: `
      main
        f 15x unrecorded 1000
        g 3x +6 unrecorded 18
      worker
        f 1x +4 unrecorded 4`,
  },
  'has no row for a site whose calls are all recorded': {
    written: `
      thread main
      counts f 0x 0
      ${END}`,
    trace: `
      main`,
  },
  'keeps the last counts of a thread that was killed': {
    written: `
      thread main
      counts f 12x 400
      f 1-2
      counts f 13x 450`,
    trace: `
      main incomplete
        1002-1004 f
        f 13x unrecorded 900`,
  },
  'shows when records were dropped, which are among the counts': {
    written: `
      thread main
      drops 3x 4-6
      drops 2x 8-8
      counts g 5x 10
      ${END}`,
    trace: `
      main
        1008-1012 3 dropped
        1016-1016 2 dropped
        g 5x unrecorded 20`,
  },
  'shows each move of the budget as a moment': {
    written: `
      thread main
      move f checked @8 12x 70 ns calls are short
      move f timed @20 300x 65 ns there is room
      ${END}`,
    trace: `
      main
        @1016 tick-checked: f
        @1040 timed again: f`,
  },
}

describe('a session', () => {
  it.each(Object.entries(sessions))('%s', async (_, { written, trace }) => {
    const session = await readSession(writtenSession(written))
    expect(session.warnings).toEqual([])
    expect(traceText(session.trace)).toBe(trace.slice(1).replaceAll(/^ {6}/gm, ''))
  })

  it('tells with each move which function it was, and why', async () => {
    const { trace } = await readSession(writtenSession('thread main\nmove g checked @8 12x 70 ns calls are short'))
    const [track] = trace.tracks
    expect(track.kind === 'thread' && JSON.parse(track.instants.args.get(0) ?? '')).toEqual({
      function: 'g',
      file: '/app.js',
      line: 2,
      to: 'checked',
      calls: 12,
      meanNs: 70,
      reason: 'calls are short',
    })
    expect(trace.sites.find(({ kind }) => kind === 'instant')).toMatchObject({ file: '/app.js', line: 2, column: 1 })
  })

  it('adds up the moves of a site on all threads', async () => {
    const session = await readSession(
      writtenSession(`
        thread main
        move g checked @8 12x 70 ns calls are short
        move g timed @9 13x 60 ns there is room
        move h checked @9 5x 30 ns calls are short
        thread worker
        move g checked @1 2x 40 ns calls are very short`),
    )
    expect(movesText(session)).toEqual([
      'g 2 to checked, 1 to timed, last after 2x 40 ns: calls are very short',
      'h 1 to checked, 0 to timed, last after 5x 30 ns: calls are short',
    ])
  })

  it('remembers which sites began tick-checked, as an earlier run learned', () => {
    const moves = new ModeMoves()
    const move = { to: 'checked', atTicks: 1, calls: 5, meanNs: 3, reason: 'calls are short' } as const
    moves.add(0, { ...move, site: 7, isLearned: true })
    moves.add(0, { ...move, site: 7 })
    moves.add(1, { ...move, site: 8 })
    expect(moves.build().map(({ isLearned }) => isLearned)).toEqual([true, false])
  })

  it('tells what recording each thread cost, and the dearest as that of the run', async () => {
    const { trace, costs } = await readSession(
      writtenSession(`
        thread main budget 10
        end 70/30 check 4 tick 1000 latest 53000
        thread worker
        end 90/20 check 3 tick 1000 latest 2000
        thread x-killed budget 5`),
    )
    expect(trace.metadata).toMatchObject({ overheadNs: 90, overheadInsideNs: 20, checkNs: 4, tickNs: 1000 })
    expect(
      costs.map(({ budgetPercent, overheadNs, latestTickNs }) => [budgetPercent, overheadNs, latestTickNs]),
    ).toEqual([
      [10, 70, 53_000],
      [undefined, 90, 2000],
      [5, 0, 0],
    ])
  })
})

function movesText({ moves, trace }: Session): string[] {
  return moves.map(({ site, toChecked, toTimed, calls, meanNs, reason }) => {
    const name = trace.sites[site].name
    return `${name} ${toChecked} to checked, ${toTimed} to timed, last after ${calls}x ${meanNs} ns: ${reason}`
  })
}

describe('a session in which calls were kept out', () => {
  it('says how long recording was stopped, and how many calls limits kept out, by thread', async () => {
    const session = await readSession(
      writtenSession(`
        thread main
        left 12 short 3 deep
        stopped @8
        started @12
        left 20 short 3 deep
        stopped @20
        ended @50
        thread worker
        stopped @8`),
    )
    expect(session.stops).toEqual([
      { count: 2, totalNs: 68 },
      { count: 1, totalNs: 0 },
    ])
    expect(session.leftOut).toEqual([
      { short: 20, deep: 3 },
      { short: 0, deep: 0 },
    ])
  })
})
