import { mixed, shaded } from './oklab.js'

/** The themes that there are. */
export type ThemeName = 'light' | 'dark'

/** The colours of a theme. Every `#rrggbb`, so that they can be written to any format. */
export interface Palette {
  readonly ground: string
  /** Text on the ground, and fainter text. */
  readonly text: string
  readonly faint: string
  readonly line: string
  readonly accent: string
  /** Text in frames. */
  readonly label: string
  /** Frames by category, three shades of each: neighbours of one category can be told apart. */
  readonly categories: readonly (readonly string[])[]
  /** The same, softer: for colours that mean nothing but that two names differ. */
  readonly names: readonly (readonly string[])[]
  /** Frames of no category of their own. */
  readonly others: readonly string[]
  /** What is too narrow to be a frame. */
  readonly mark: string
  /** Frames by what became of them, from much less over no change to much more; an odd number. */
  readonly changes: readonly string[]
  /** Stripes over frames that are gone. */
  readonly hatch: string
}

/** Half of the steps of `changes`. */
export const CHANGE_STEPS = 6

function shadesOf(color: string): readonly string[] {
  return [color, shaded(color, -0.015), shaded(color, -0.03)]
}

function diverging(less: string, none: string, more: string): readonly string[] {
  return Array.from({ length: 2 * CHANGE_STEPS + 1 }, (_, index) => {
    const step = index - CHANGE_STEPS
    return mixed(none, step < 0 ? less : more, Math.abs(step) / CHANGE_STEPS)
  })
}

/** Found by a search for colours that differ most for those who see no red or no green too; a test holds them to it. */
const LIGHT_CATEGORIES = ['#afd5fc', '#fac07d', '#abe3c6', '#f3e996', '#c6acf2', '#f2a591', '#b0f2fc']
const DARK_CATEGORIES = ['#39498b', '#8a590d', '#4b704e', '#654815', '#54385f', '#613337', '#236b87']

export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  light: {
    ground: '#ffffff',
    text: '#1f2328',
    faint: '#656d76',
    line: '#e3e5e8',
    accent: '#1f5f8b',
    label: '#1b2027',
    categories: LIGHT_CATEGORIES.map(shadesOf),
    names: LIGHT_CATEGORIES.map((color) => shadesOf(mixed(color, '#e9edf2', 0.4))),
    others: shadesOf('#babec2'),
    mark: '#aab2bb',
    changes: diverging('#5a9fe0', '#e6e8ea', '#ee8f3f'),
    hatch: '#2f3a45',
  },
  dark: {
    ground: '#181b1f',
    text: '#dfe3e7',
    faint: '#949da6',
    line: '#2c3238',
    accent: '#8cc4ea',
    label: '#f3f5f7',
    categories: DARK_CATEGORIES.map(shadesOf),
    names: DARK_CATEGORIES.map((color) => shadesOf(mixed(color, '#404a55', 0.4))),
    others: shadesOf('#53565a'),
    mark: '#59626c',
    changes: diverging('#2862a6', '#3b4148', '#9a4e0c'),
    hatch: '#c3ccd5',
  },
}
