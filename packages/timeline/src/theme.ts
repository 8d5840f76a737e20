/** Colours as `#rrggbb`. */
export interface Theme {
  readonly name: ThemeName
  readonly background: string
  /** Headers of processes. */
  readonly band: string
  readonly panel: string
  readonly line: string
  readonly grid: string
  readonly text: string
  readonly faint: string
  readonly accent: string
  readonly match: string
  readonly drop: string
  readonly counter: string
  readonly instant: string
  readonly arrow: string
  readonly sliceText: string
  /**
   * Fills of slices: three shades for each category, the last of which is for all that have none. The categories
   * differ most for those who see no red or no green too, and `sliceText` has a contrast of 4.4 and more on each.
   */
  readonly slices: readonly (readonly string[])[]
  /** By category: slices too small to be told apart, with more contrast to the background. */
  readonly marks: readonly string[]
}

/** The themes that there are. */
export type ThemeName = 'light' | 'dark'

const LIGHT: Theme = {
  name: 'light',
  background: '#ffffff',
  band: '#f3f5f8',
  panel: '#fafbfc',
  line: '#e1e5ea',
  grid: '#eef1f4',
  text: '#1b222c',
  faint: '#5c6878',
  accent: '#0b5fcc',
  match: '#ff8a00',
  drop: '#c2410c',
  counter: '#5b8def',
  instant: '#8a3ffc',
  arrow: '#c0246b',
  sliceText: '#1b2027',
  slices: [
    ['#afd5fc', '#a6cbf2', '#9cc2e8'],
    ['#fac07d', '#f0b674', '#e6ad6a'],
    ['#abe3c6', '#a1d9bc', '#98cfb3'],
    ['#f3e996', '#e9df8c', '#dfd583'],
    ['#c6acf2', '#bca3e8', '#b399de'],
    ['#f2a591', '#e89c88', '#de927f'],
    ['#b0f2fc', '#a6e8f2', '#9ddee8'],
    ['#babec2', '#b1b4b8', '#a7abaf'],
  ],
  marks: ['#5f90c1', '#bf7500', '#54a17d', '#b1a21c', '#8662bb', '#b75740', '#50aebc', '#767b80'],
}

const DARK: Theme = {
  name: 'dark',
  background: '#14171c',
  band: '#1c2128',
  panel: '#181c22',
  line: '#2a313b',
  grid: '#1e242c',
  text: '#e6eaf0',
  faint: '#97a3b3',
  accent: '#6aa9ff',
  match: '#ffb02e',
  drop: '#f0883e',
  counter: '#5d8fe8',
  instant: '#b48cff',
  arrow: '#ff7ab2',
  sliceText: '#f3f5f7',
  slices: [
    ['#39498b', '#425396', '#303f80'],
    ['#8a590d', '#95631d', '#7f4f00'],
    ['#4b704e', '#557a58', '#416644'],
    ['#654815', '#6f5220', '#5b3e08'],
    ['#54385f', '#5e4169', '#4a2f55'],
    ['#613337', '#6b3c40', '#572a2e'],
    ['#236b87', '#2f7592', '#15617c'],
    ['#53565a', '#5d6064', '#494c50'],
  ],
  marks: ['#778fe2', '#dd9f50', '#8dbb90', '#b18c52', '#9d79ab', '#b07377', '#64b6d9', '#989ca1'],
}

export function themeOf(name: ThemeName): Theme {
  return name === 'dark' ? DARK : LIGHT
}
