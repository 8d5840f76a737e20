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
   * Fills of slices. Neighbours differ in lightness as well as in hue, so that they stay apart for the
   * colour-blind, and `sliceText` has a contrast of 4.5 and more on each.
   */
  readonly slices: readonly string[]
}

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
  sliceText: '#1a2129',
  // OKLCH with a chroma of 0.085 and a lightness of 0.80 to 0.88.
  slices: [
    '#a4ccff',
    '#f7c995',
    '#8ce2d7',
    '#d8aee2',
    '#deda98',
    '#9bd3a6',
    '#eea89c',
    '#c6c5ff',
    '#94dffd',
    '#fbb9d7',
    '#c7e5aa',
    '#f3b694',
  ],
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
  sliceText: '#f2f5f9',
  // The same hues with a lightness of 0.43 to 0.52.
  slices: [
    '#385c8a',
    '#825a27',
    '#067067',
    '#674270',
    '#6d6929',
    '#2e623b',
    '#783c33',
    '#59568c',
    '#1c6d88',
    '#844b67',
    '#59733c',
    '#7d4929',
  ],
}

export function themeOf(name: ThemeName): Theme {
  return name === 'dark' ? DARK : LIGHT
}
