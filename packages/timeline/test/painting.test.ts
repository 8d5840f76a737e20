import type { Trace } from '@tracer/core'
import { describe, expect, test } from 'vitest'
import { Highlight, type Matches } from '../src/highlight.js'
import { NO_CHANGES } from '../src/layout.js'
import { TimelineModel } from '../src/model.js'
import { paintMinimap } from '../src/overview.js'
import { ScenePainter, type SceneLabels } from '../src/paint-scene.js'
import { paintsOf, type Paints } from '../src/paints.js'
import { blended, colorOf, Pixels } from '../src/pixels.js'
import { siteColors } from '../src/site-colors.js'
import { SvgSurface } from '../src/svg-surface.js'
import { themeOf } from '../src/theme.js'
import { sketch } from './sketch.js'

interface Painted {
  readonly pixels: Pixels
  readonly paints: Paints
  readonly labels: SceneLabels
  readonly model: TimelineModel
  /** The pixels of a line. */
  lineAt(y: number): number[]
}

const WIDTH = 1020

/** Paints a trace so that, without a view, its times from 0 to 1000 begin at pixel 10 and are a pixel each. */
function painted(
  trace: Trace,
  {
    collapsed = [] as string[],
    matches = undefined as Matches[] | undefined,
    view = undefined as { fromNs: number; toNs: number } | undefined,
  } = {},
): Painted {
  const model = new TimelineModel()
  model.width = WIDTH
  model.height = 300
  model.show([trace], [])
  if (view !== undefined) model.setView(view)
  model.setState({ ...NO_CHANGES, collapsed })
  const theme = themeOf('light')
  const paints = paintsOf(theme, [trace], [siteColors(trace, undefined, 7)])
  const pixels = new Pixels(WIDTH, 300)
  const highlight = matches === undefined ? undefined : new Highlight(matches)
  const scene = { ...model.place, paints, width: WIDTH, height: 300, ratio: 1, highlight, gridNs: [] }
  const labels = new ScenePainter().paint(pixels, scene)
  const lineAt = (y: number): number[] => [...pixels.data.subarray(y * WIDTH, (y + 1) * WIDTH)]
  return { pixels, paints, labels, model, lineAt }
}

/** The middle of the first level of the first thread, which has no instants. */
const FIRST_LEVEL = 28 + 4 + 8

const ONE_THREAD = 'process a 1\nthread main 1\n'

describe('a row of slices', () => {
  test('is painted in the colours of the functions, from start to end', () => {
    const trace = sketch(`${ONE_THREAD}load 0-200\nsave 300-1000`)
    const { lineAt, paints } = painted(trace)
    const line = lineAt(FIRST_LEVEL)
    expect(line[9]).toBe(paints.background)
    for (const x of [10, 100, 208]) expect(line[x]).toBe(paints.fill[0][0])
    for (const x of [211, 309]) expect(line[x]).toBe(paints.background)
    for (const x of [310, 1008]) expect(line[x]).toBe(paints.fill[0][1])
    expect(line[1011]).toBe(paints.background)
  })

  test('shows a nanosecond in an hour', () => {
    const { lineAt, paints } = painted(
      sketch(`${ONE_THREAD}run 0-1\nrun 1800000000000-1800000000001\nrun 3600000000000-3600000000001`),
    )
    const marked = lineAt(FIRST_LEVEL).flatMap((color, x) => (color === paints.background ? [] : [x]))
    expect(marked).toHaveLength(3)
    for (const [at, x] of [10, 510, 1010].entries()) expect(Math.abs(marked[at] - x)).toBeLessThanOrEqual(1)
  })

  test('shows how much of a pixel small slices cover by how strong its colour is', () => {
    const small = Array.from({ length: 100 }, (_, at) => `run ${at * 10}-${at * 10 + 1}`).join('\n')
    const full = Array.from({ length: 100 }, (_, at) => `run ${100_000 + at * 10}-${100_000 + at * 10 + 10}`).join('\n')
    const { lineAt, paints } = painted(sketch(`${ONE_THREAD}${small}\n${full}\nrun 999999-1000000`))
    const line = lineAt(FIRST_LEVEL)
    expect(line[10]).not.toBe(paints.background)
    expect(line[110]).toBe(paints.fill[0][0])
    expect(line[10]).not.toBe(line[110])
  })

  test('fades out where a slice was open at the end', () => {
    const { lineAt, paints } = painted(sketch(`${ONE_THREAD}load 0-500\nopen 600-\nload 999-1000`))
    const line = lineAt(FIRST_LEVEL)
    expect(line[508]).toBe(line[300])
    const fill = line[650]
    expect(line[1000]).not.toBe(fill)
    expect(line[1000]).not.toBe(paints.background)
    const seen = painted(sketch(`${ONE_THREAD}load 0-500\nopen 600-\nload 999-1000`), {
      view: { fromNs: 600, toNs: 700 },
    })
    expect(seen.lineAt(FIRST_LEVEL)[WIDTH - 1]).toBe(seen.paints.fill[0][1])
  })

  test('has room for a name only where it is wide enough', () => {
    const { labels } = painted(sketch(`${ONE_THREAD}wide 0-500\nnarrow 600-610\nlast 700-1000`))
    expect(labels.scrolled.map(({ name, left }) => [name, left])).toEqual([
      ['wide', 10],
      ['last', 710],
    ])
  })

  test('dims what a search did not find, and shows a match among many too small to see', () => {
    const many = Array.from(
      { length: 1000 },
      (_, at) => `${at === 437 ? 'hit' : 'other'} ${at * 1000}-${at * 1000 + 900}`,
    ).join('\n')
    const trace = sketch(`${ONE_THREAD}${many}\nother 9000000-10000000`)
    const sites = Uint8Array.from(trace.sites, ({ name }) => Number(name === 'hit'))
    const { lineAt, paints } = painted(trace, { matches: [{ trace: 0, sites }] })
    const line = lineAt(FIRST_LEVEL)
    expect(line.filter((color) => color === paints.match)).toHaveLength(1)
    expect(line[1005]).toBe(paints.dimmed[0][trace.sites.findIndex(({ name }) => name === 'other')])
  })

  test('of a folded process is a thin line in its band', () => {
    const { lineAt, paints } = painted(sketch(`${ONE_THREAD}load 0-1000`), { collapsed: ['process 1'] })
    expect(lineAt(5)[500]).toBe(paints.fill[0][0])
    expect(lineAt(20)[500]).toBe(paints.band)
  })
})

test('times in which records were lost are hatched and counted', () => {
  const { pixels, paints, labels } = painted(sketch(`${ONE_THREAD}load 0-100\ndrop 400-500 x9\nload 999-1000`))
  const colors = new Set<number>()
  for (let x = 465; x < 500; x++) for (let y = 35; y < 50; y++) colors.add(pixels.data[y * WIDTH + x])
  expect(colors.has(paints.background)).toBe(false)
  expect(labels.scrolled.map(({ name }) => name)).toContain('9 lost')
  expect(colors.size).toBe(2)
  expect(pixels.data[40 * WIDTH + 390]).toBe(paints.background)
})

test('instants are pins, and their names stand beside them where there is room', () => {
  const { pixels, paints, labels } = painted(
    sketch(`${ONE_THREAD}load 0-1000\ninstant a 100\ninstant b 104\ninstant c 500`),
  )
  expect(pixels.data[(28 + 10) * WIDTH + 110]).toBe(paints.instant)
  expect(pixels.data[(28 + 10) * WIDTH + 510]).toBe(paints.instant)
  expect(labels.scrolled.filter(({ tone }) => tone === 'ground')).toHaveLength(2)
})

test('a counter is an area below a line, as high as its values', () => {
  const { pixels, paints } = painted(
    sketch(`${ONE_THREAD}load 0-1000\ncounter heap.used 200 = 10\ncounter heap.used 600 = 5`),
  )
  const top = 28 + 26
  const column = (x: number): number[] => Array.from({ length: 44 }, (_, y) => pixels.data[(top + y) * WIDTH + x])
  expect(column(100)).not.toContain(paints.counter)
  expect(column(400).indexOf(paints.counter)).toBe(4)
  expect(column(800).indexOf(paints.counter)).toBe(22)
  expect(column(400)[30]).toBe(paints.counterFill)
})

test('a process says its command line, unless it is folded', () => {
  const trace = sketch(`${ONE_THREAD}load 0-1000`)
  const processes = [{ pid: 1, name: 'a', commandLine: ['node', 'a.js', '--fast'] }]
  const said = (collapsed: string[]): string[] =>
    painted({ ...trace, processes }, { collapsed }).labels.scrolled.flatMap(({ name, tone }) =>
      tone === 'faint' ? [name] : [],
    )
  expect(said([])).toEqual(['node a.js --fast'])
  expect(said(['process 1'])).toEqual([])
})

test('the minimap has a line for each thread, and of a search only what it found has colour', () => {
  const trace = sketch(`process a 1\nthread main 1\nload 0-400\nsave 600-1000\nthread pool 2\nload 500-1000`)
  const { model, paints } = painted(trace)
  const whole = paintMinimap(model.store, model.tree, model.bounds, paints, WIDTH, 36)
  const colorAt = ({ data }: Pixels, x: number, y: number): number => data[y * WIDTH + x]
  expect(colorAt(whole, 200, 8)).not.toBe(paints.band)
  expect(colorAt(whole, 500, 8)).toBe(paints.band)
  expect(colorAt(whole, 200, 26)).toBe(paints.band)
  expect(colorAt(whole, 800, 26)).not.toBe(paints.band)
  const sites = Uint8Array.from(trace.sites, ({ name }) => Number(name === 'save'))
  const found = paintMinimap(
    model.store,
    model.tree,
    model.bounds,
    paints,
    WIDTH,
    36,
    new Highlight([{ trace: 0, sites }]),
  )
  expect(colorAt(found, 800, 8)).toBe(paints.match)
  expect(colorAt(found, 200, 8)).not.toBe(colorAt(whole, 200, 8))
  expect(found.data.filter((color) => color === paints.match).length % 400).toBeLessThan(20)
})

test('the same rows can be had as shapes', () => {
  const trace = sketch(`${ONE_THREAD}load 0-200\ndrop 400-500 x9\nsave 500-1000`)
  const { model, paints } = painted(trace)
  const surface = new SvgSurface(WIDTH, 300, paints.background)
  new ScenePainter().paint(surface, {
    ...model.place,
    paints,
    width: WIDTH,
    height: 300,
    ratio: 1,
    highlight: undefined,
    gridNs: [],
  })
  const markup = surface.markup()
  expect(markup).toContain('<rect x="10" y="32" width="199" height="17"')
  expect(markup).toContain('url(#lost)')
})

test('the whole of a level of 5,000 is laid out, and only what is seen is painted', () => {
  const deep = Array.from({ length: 5000 }, (_, at) => `f ${at}-${20_000 - at}`).join('\n')
  const { model, labels } = painted(sketch(`${ONE_THREAD}${deep}`))
  expect(model.layout.rows[1].levels).toBe(5000)
  expect(model.layout.height).toBeGreaterThan(90_000)
  expect(labels.scrolled.length).toBeLessThan(20)
})

test('fills of slices have a contrast of 4.4 with their names, and marks one of 1.9 with the background', () => {
  for (const name of ['light', 'dark'] as const) {
    const theme = themeOf(name)
    for (const fill of theme.slices.flat()) expect(contrast(fill, theme.sliceText)).toBeGreaterThan(4.4)
    for (const mark of theme.marks) expect(contrast(mark, theme.background)).toBeGreaterThan(1.9)
    expect(contrast(theme.text, theme.background)).toBeGreaterThan(7)
    expect(contrast(theme.faint, theme.panel)).toBeGreaterThan(4.5)
  }
})

test('colours are blended channel by channel, also with a fraction of an opacity', () => {
  expect(blended(colorOf('#000000'), colorOf('#ff00ff'), 128.7)).toBe(colorOf('#7f007f'))
  expect(blended(colorOf('#102030'), colorOf('#ffffff'), 0)).toBe(colorOf('#102030'))
  expect(blended(colorOf('#102030'), colorOf('#fedcba'), 256)).toBe(colorOf('#fedcba'))
})

test('a colour as a number has its bytes in the order of a canvas', () => {
  expect(new Uint8Array(Uint32Array.of(colorOf('#123456')).buffer)).toEqual(Uint8Array.of(0x12, 0x34, 0x56, 0xff))
})

function contrast(a: string, b: string): number {
  const [light, dark] = [a, b].map(luminance).sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
