export { categoriesOf, COLOR_BY, type Categories, type ColorBy, type GivenCategories } from './color/categories.js'
export { PALETTES, type Palette, type ThemeName } from './color/palette.js'
export { fittedText } from './layout/fitted-text.js'
export { hitTest } from './layout/hit-test.js'
export {
  layoutOf,
  spanOf,
  type Box,
  type FrameBox,
  type Layout,
  type LayoutOptions,
  type MarkBox,
} from './layout/layout.js'
export { Deepest } from './tree/deepest.js'
export { frameTree, frameOf, pathOf, shareOf, type Frame, type FrameTree } from './tree/frame-tree.js'
export { hasMatch, matcherOf, search, type FrameMatcher, type Matches } from './tree/search.js'
export { DIRECTIONS, type Direction } from './page/geometry.js'
export { Flamegraph, type FlamegraphOptions } from './page/flamegraph.js'
export {
  CHANGE_KINDS,
  DIFF_SIDES,
  type ChangeKind,
  type DiffContent,
  type DiffSide,
  type FlameContent,
  type TreeContent,
  type ViewOptions,
} from './view/content.js'
export {
  viewOf,
  type FlameView,
  type FrameFacts,
  type GonePath,
  type Legend,
  type LegendEntry,
} from './view/flame-view.js'
export { flamegraphSvg, type SvgOptions } from './svg/flamegraph-svg.js'
export { flamegraphHtml, type HtmlOptions } from './html/flamegraph-html.js'
