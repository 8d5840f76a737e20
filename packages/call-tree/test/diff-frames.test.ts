import type { Site } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { framePairs } from '../src/index.js'
import { text } from './formatted.js'

/** Before and after: a function a line, `name file:line:column`; what is expected says which became which. */
const pairs: Record<string, { before: string; after: string; frames: string }> = {
  'goes by name and file, wherever the lines are': {
    before: `
      load /app/a.ts:1:1
      parse /app/a.ts:9:1
    `,
    after: `
      parse /app/a.ts:20:5
      load /app/a.ts:30:1
    `,
    frames: `
      parse /app/a.ts:9:1 -> /app/a.ts:20:5
      load /app/a.ts:1:1 -> /app/a.ts:30:1
    `,
  },
  'says what is new and what is gone': {
    before: `
      load /app/a.ts:1:1
      old /app/a.ts:2:1
    `,
    after: `
      load /app/a.ts:1:1
      young /app/a.ts:2:1
    `,
    frames: `
      load /app/a.ts:1:1 -> /app/a.ts:1:1
      young new -> /app/a.ts:2:1
      old /app/a.ts:2:1 -> gone
    `,
  },
  'takes the same name in another file for another function': {
    before: 'load /app/a.ts:1:1\nrun /app/b.ts:1:1',
    after: 'load /app/b.ts:1:1\nrun /app/b.ts:1:1\nmain /app/a.ts:1:1',
    frames: `
      load new -> /app/b.ts:1:1
      run /app/b.ts:1:1 -> /app/b.ts:1:1
      main new -> /app/a.ts:1:1
      load /app/a.ts:1:1 -> gone
    `,
  },
  'finds the project in another folder': {
    before: `
      load /home/ann/shop/src/index.ts:1:1
      load /home/ann/shop/src/db/index.ts:1:1
      load /home/ann/shop/src/db/old.ts:1:1
    `,
    after: `
      load /ci/build/src/index.ts:1:1
      load /ci/build/src/db/index.ts:1:1
      load /ci/build/src/db/new.ts:1:1
    `,
    frames: `
      load /home/ann/shop/src/index.ts:1:1 -> /ci/build/src/index.ts:1:1
      load /home/ann/shop/src/db/index.ts:1:1 -> /ci/build/src/db/index.ts:1:1
      load new -> /ci/build/src/db/new.ts:1:1
      load /home/ann/shop/src/db/old.ts:1:1 -> gone
    `,
  },
  'finds a project of which one run saw one folder only': {
    before: 'add /old/src/lib/math.ts:1:1\nrun /old/src/main.ts:1:1',
    after: 'add /new/src/lib/math.ts:3:1',
    frames: `
      add /old/src/lib/math.ts:1:1 -> /new/src/lib/math.ts:3:1
      run /old/src/main.ts:1:1 -> gone
    `,
  },
  'takes namesakes in their order': {
    before: `
      (anonymous)_a.ts:2:9 /app/a.ts:2:9
      (anonymous)_a.ts:7:3 /app/a.ts:7:3
    `,
    after: `
      (anonymous)_a.ts:8:3 /app/a.ts:8:3
      (anonymous)_a.ts:3:9 /app/a.ts:3:9
    `,
    frames: `
      (anonymous) /app/a.ts:2:9 -> /app/a.ts:3:9
      (anonymous) /app/a.ts:7:3 -> /app/a.ts:8:3
    `,
  },
  'finds what stayed among namesakes that came and went': {
    before: `
      (anonymous)_a.ts:1:1 /app/a.ts:1:1
      (anonymous)_a.ts:2:2 /app/a.ts:2:2
      (anonymous)_a.ts:3:3 /app/a.ts:3:3
      (anonymous)_a.ts:4:4 /app/a.ts:4:4
    `,
    after: `
      (anonymous)_a.ts:1:7 /app/a.ts:1:7
      (anonymous)_a.ts:2:3 /app/a.ts:2:3
      (anonymous)_a.ts:3:8 /app/a.ts:3:8
      (anonymous)_a.ts:4:9 /app/a.ts:4:9
    `,
    frames: `
      (anonymous) /app/a.ts:1:1 -> /app/a.ts:1:7
      (anonymous) /app/a.ts:3:3 -> /app/a.ts:2:3
      (anonymous) /app/a.ts:4:4 -> /app/a.ts:3:8
      (anonymous) new -> /app/a.ts:4:9
      (anonymous) /app/a.ts:2:2 -> gone
    `,
  },
  'tells a new namesake by its column': {
    before: `
      (anonymous)_a.ts:2:9 /app/a.ts:2:9
      (anonymous)_a.ts:7:3 /app/a.ts:7:3
    `,
    after: `
      (anonymous)_a.ts:1:20 /app/a.ts:1:20
      (anonymous)_a.ts:3:9 /app/a.ts:3:9
      (anonymous)_a.ts:8:3 /app/a.ts:8:3
    `,
    frames: `
      (anonymous) new -> /app/a.ts:1:20
      (anonymous) /app/a.ts:2:9 -> /app/a.ts:3:9
      (anonymous) /app/a.ts:7:3 -> /app/a.ts:8:3
    `,
  },
}

describe('framePairs', () => {
  it.each(Object.entries(pairs))('%s', (_, { before, after, frames }) => {
    expect(formatted(sitesOf(before), sitesOf(after))).toBe(text(frames))
  })

  it('tells namesakes by their text where it is known', () => {
    const before = sitesOf('(anonymous) /app/a.ts:1:5\n(anonymous) /app/a.ts:2:5')
    const after = sitesOf('(anonymous) /app/a.ts:1:5\n(anonymous) /app/a.ts:3:9')
    const sources = {
      before: new Map([['/app/a.ts', 'map((one) => one)\nmap((two) => two)']]),
      after: new Map([['/app/a.ts', 'map((two) => two)\n\n    map((three) => three)']]),
    }
    expect(formatted(before, after, sources)).toBe(
      text(`
        (anonymous) /app/a.ts:2:5 -> /app/a.ts:1:5
        (anonymous) new -> /app/a.ts:3:9
        (anonymous) /app/a.ts:1:5 -> gone
      `),
    )
  })

  it('says of each site where it went', () => {
    const [before, after] = [sitesOf('a /a.ts:1:1\nb /a.ts:2:1'), sitesOf('b /a.ts:1:1\nc /a.ts:2:1')]
    const { frames, ofBefore, ofAfter } = framePairs(traceWith(before), traceWith(after))
    const names = (of: Int32Array): string[] => Array.from(of, (frame) => frames[frame].name)
    expect([names(ofBefore), names(ofAfter)]).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ])
  })
})

function sitesOf(lines: string): Site[] {
  return [...lines.matchAll(/(\S+) (\S+):(\d+):(\d+)/g)].map(([, name, file, line, column]) => ({
    kind: 'function',
    name: name.replace('_', ' '),
    file,
    line: Number(line),
    column: Number(column),
  }))
}

function traceWith(
  sites: readonly Site[],
  sources: ReadonlyMap<string, string> = new Map(),
): Parameters<typeof framePairs>[0] {
  return { sites, sources }
}

function formatted(
  before: readonly Site[],
  after: readonly Site[],
  sources?: { before: ReadonlyMap<string, string>; after: ReadonlyMap<string, string> },
): string {
  const place = (site: Site | undefined, otherwise: string): string =>
    site === undefined ? otherwise : `${site.file}:${site.line}:${site.column}`
  return framePairs(traceWith(before, sources?.before), traceWith(after, sources?.after))
    .frames.map(
      (frame) => `${frame.name} ${place(before[frame.before], 'new')} -> ${place(after[frame.after], 'gone')}`,
    )
    .join('\n')
}
