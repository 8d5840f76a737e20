import { TracerError, type Trace } from '@tracer/core'
import { serializerChecks } from '@tracer/core/testing'
import { describe, expect, it } from 'vitest'
import * as index from '../src/index.js'

const { speedscope } = index

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json'

describe('speedscope()', () => {
  it.each(serializerChecks(speedscope()))('$name', ({ run }) => run())

  it('is all that the package exports', () => {
    expect(Object.keys(index)).toEqual(['speedscope'])
    expect(speedscope()).toMatchObject({ id: 'speedscope', extensions: ['.speedscope.json'] })
  })
})

describe('a file of another program', () => {
  const file = (profile: object) =>
    JSON.stringify({
      exporter: 'other@1.0',
      name: 'run',
      $schema: SCHEMA,
      profiles: [{ name: 'main', unit: 'microseconds', startValue: 0, endValue: 100, ...profile }],
      shared: { frames: [{ name: 'a', file: 'a.js', line: 3, col: 7 }, { name: 'b' }] },
    })

  it('with begins and ends is read as slices', async () => {
    const events = [
      { type: 'O', at: 1, frame: 0 },
      { type: 'O', at: 2, frame: 1 },
      { type: 'C', at: 4.5, frame: 1 },
      { type: 'C', at: 9, frame: 0 },
    ]
    const { trace, warnings } = await read(file({ type: 'evented', events }))
    expect(warnings).toEqual([])
    expect(format(trace)).toBe('a @1000+8000\n  b @2000+2500')
    expect(trace.sites[0]).toEqual({ kind: 'function', name: 'a', file: 'a.js', line: 3, column: 7 })
    expect(trace.metadata.producer).toBe('other@1.0')
    expect(trace.threads[0].name).toBe('main')
  })

  it('with samples is read as slices that go on from one to the next', async () => {
    const { trace, warnings } = await read(
      file({ type: 'sampled', samples: [[0], [0, 1], [0, 1], [], [0]], weights: [1, 2, 3, 4, 5] }),
    )
    expect(warnings).toEqual([])
    expect(format(trace)).toBe('a @0+6000\n  b @1000+5000\na @10000+5000')
  })

  it.each<[string, [type: string, at: number, frame: unknown][], string, string]>([
    [
      'never ends a frame',
      [['O', 0, 0]],
      'a @0+100000 open',
      'Frames that were never ended were ended with the profile: 1.',
    ],
    [
      'ends what is not open',
      [
        ['O', 0, 0],
        ['C', 1, 1],
        ['C', 2, 0],
      ],
      'a @0+2000',
      'Ends of frames that were not open were skipped: 1.',
    ],
    [
      'ends the outer frame first',
      [
        ['O', 0, 0],
        ['O', 1, 1],
        ['C', 2, 0],
      ],
      'a @0+2000\n  b @1000+1000',
      'Frames without an end of their own were ended with the one around them: 1.',
    ],
    [
      'goes back in time',
      [
        ['O', 5, 0],
        ['C', 2, 0],
      ],
      'a @5000+0',
      'Times before the one that came before were moved up to it: 1.',
    ],
    [
      'names a frame that is not there',
      [
        ['O', 0, 7],
        ['O', 0, 'x'],
        ['O', 1, 0],
        ['C', 2, 0],
      ],
      'a @1000+1000',
      'Events of unknown frames were skipped: 2.',
    ],
  ])('that %s is read as far as it can be, with a warning', async (_, rows, lines, warning) => {
    const events = rows.map(([type, at, frame]) => ({ type, at, frame }))
    const { trace, warnings } = await read(file({ type: 'evented', events }))
    expect(format(trace)).toBe(lines)
    expect(warnings).toEqual([warning])
  })

  it('that measures bytes is read with a warning', async () => {
    const { warnings } = await read(file({ type: 'sampled', unit: 'bytes', samples: [[0]], weights: [5] }))
    expect(warnings).toEqual(['Profiles that measure no time were read with a nanosecond for each unit: 1.'])
  })

  it('that was cut short gives what is there, and says so', async () => {
    const text = file({
      type: 'evented',
      events: [
        { type: 'O', at: 1, frame: 0 },
        { type: 'O', at: 2, frame: 1 },
      ],
    })
    const whole = text.replace(/"profiles":(.*),("shared":.*)\}$/, '$2,"profiles":$1}')
    const { trace, warnings } = await read(whole.slice(0, whole.lastIndexOf('"frame"')))
    expect(format(trace)).toContain('a @1000')
    expect(warnings[0]).toMatch(/^The file was cut short at byte \d+; what follows is missing\.$/)
  })

  it.each(['', '{}', '[]', 'null', '{"shared":{"frames":[]}}', '{"shared":[],"profiles":[]}', 'hello'])(
    'that is %j is refused',
    async (text) => {
      await expect(read(text)).rejects.toThrow(TracerError)
      await expect(read(text)).rejects.toMatchObject({
        code: 'NOT_A_TRACE',
        message: expect.stringMatching(/byte|empty/),
      })
    },
  )
})

async function read(text: string) {
  const result = await speedscope().deserialize?.([new TextEncoder().encode(text)])
  return result ?? expect.fail('it reads')
}

function format(trace: Trace): string {
  return trace.tracks
    .flatMap((track) => (track.kind === 'thread' ? [track.slices] : []))
    .flatMap(({ length, site, startNs, durationNs, depth, unfinished }) =>
      Array.from({ length }, (_, i) => {
        const open = unfinished.has(i) ? ' open' : ''
        return `${'  '.repeat(depth[i])}${trace.sites[site[i]].name} @${startNs[i]}+${durationNs[i]}${open}`
      }),
    )
    .join('\n')
}
