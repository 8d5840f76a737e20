import { describe, expect, it } from 'vitest'
import { packageNameOf } from '../src/color/categories.js'
import { lightOf, oklabOf, type Light } from '../src/color/oklab.js'
import { PALETTES } from '../src/color/palette.js'

/** How colours look without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHT: Readonly<Record<string, readonly Light[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

const CASES = Object.keys(SIGHT).flatMap((sight) => (['light', 'dark'] as const).map((theme) => ({ sight, theme })))

describe.each(CASES)('with $sight sight, in the $theme theme', ({ sight, theme }) => {
  const palette = PALETTES[theme]
  const frames = [...palette.categories.flat(), ...palette.names.flat(), ...palette.others, ...palette.changes]

  it('names can be read on every frame', () => {
    for (const frame of frames) expect(contrast(palette.label, frame, sight), frame).toBeGreaterThan(4.5)
  })

  it('texts can be read on the ground', () => {
    for (const text of [palette.text, palette.faint, palette.accent]) {
      expect(contrast(text, palette.ground, sight), text).toBeGreaterThan(4.5)
    }
  })

  it('categories can be told apart', () => {
    const colors = [...palette.categories.map(([color]) => color), palette.others[0]]
    for (const [index, color] of colors.entries()) {
      for (const other of colors.slice(0, index)) {
        // Two colours of which people just see that they differ are some 0.02 apart.
        expect(distance(color, other, sight), `${color} ${other}`).toBeGreaterThan(0.055)
      }
    }
  })

  it('more, less and no change can be told apart, and the steps between them follow each other', () => {
    const { changes } = palette
    const [less, none, more] = [changes[0], changes[(changes.length - 1) / 2], changes[changes.length - 1]]
    for (const [a, b] of [
      [less, none],
      [none, more],
      [less, more],
    ]) {
      expect(distance(a, b, sight), `${a} ${b}`).toBeGreaterThan(0.12)
    }
    const fromLess = changes.map((color) => distance(color, less, sight))
    expect(fromLess.slice(0, 7)).toEqual(fromLess.slice(0, 7).toSorted((a, b) => a - b))
  })

  it('frames and marks stand out from the ground', () => {
    for (const color of [...frames, palette.mark]) {
      expect(distance(color, palette.ground, sight), color).toBeGreaterThan(0.055)
    }
  })
})

function seen(hex: string, sight: string): Light {
  const [red, green, blue] = lightOf(hex)
  const channel = (row: Light): number => Math.min(1, Math.max(0, row[0] * red + row[1] * green + row[2] * blue))
  const [first, second, third] = SIGHT[sight]
  return [channel(first), channel(second), channel(third)]
}

function distance(first: string, second: string, sight: string): number {
  const [a, b] = [oklabOf(seen(first, sight)), oklabOf(seen(second, sight))]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** As WCAG 2 has it. */
function contrast(first: string, second: string, sight: string): number {
  const [a, b] = [luminance(seen(first, sight)), luminance(seen(second, sight))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance([red, green, blue]: Light): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('the package of a function', () => {
  it.each([
    ['/srv/app/src/main.ts', 'own code'],
    ['/srv/app/node_modules/eta/dist/eta.js', 'eta'],
    ['/srv/app/node_modules/@tracer/core/dist/index.js', '@tracer/core'],
    ['/srv/app/node_modules/.pnpm/a@1.0.0/node_modules/b/index.js', 'b'],
    ['C:\\app\\node_modules\\eta\\index.js', 'eta'],
    ['node:internal/timers', 'Node.js'],
    ['/srv/node_modules', 'own code'],
    ['', 'no file'],
  ])('of %s is %s', (file, expected) => expect(packageNameOf({ file })).toBe(expected))
})
