import { describe, expect, it } from 'vitest'
import { readSession } from '../src/index.js'
import { writtenSession } from './written-session.js'

/** The instants of a session, with their arguments; ticks are of 2 ns. */
async function instantsOf(session: string): Promise<string[]> {
  const { trace } = await readSession(writtenSession(session))
  return trace.tracks.flatMap((track) =>
    track.kind === 'thread'
      ? Array.from(
          track.instants.timeNs,
          (ns, i) => `${ns / 1e6} ${trace.sites[track.instants.site[i]].name} ${track.instants.args.get(i)}`,
        )
      : [],
  )
}

describe('a stretch of 50 ms or longer', () => {
  it('is told where it begins, with its length and what took most of it', async () => {
    const instants = await instantsOf(`
      thread main
      h 3000000-38000000
      g 2000000-39000000
      f 0-40000000
      f 50000000-74000000
      g 80000000-110000000
    `)
    expect(instants).toEqual([
      '0 event loop blocked {"ms":80,"stack":["f /app.js:1","g /app.js:2","h /app.js:3"]}',
      '160 event loop blocked {"ms":60,"stack":["g /app.js:2"]}',
    ])
  })

  it('names nothing that took less than half of what it lies in', async () => {
    const instants = await instantsOf(`
      thread main
      g 0-30000000
      h 30000000-100000000
      f 0-100000000
    `)
    expect(instants).toEqual(['0 event loop blocked {"ms":200,"stack":["f /app.js:1","h /app.js:3"]}'])
  })
})

it('many short calls, one after the other, block nothing', async () => {
  expect(await instantsOf('thread main\nf 0-20000000\ng 20000000-40000000')).toEqual([])
})
