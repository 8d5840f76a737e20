import { readChoice, readPixels } from './option-values.js'
import { option, REPORT_OPTIONS, type OptionTable, type OptionValues } from './options.js'

const ORDERS = ['grouped', 'by-time', 'inverted'] as const
// As @tracer/flamegraph has them, which is loaded only when something is drawn; it takes no other.
const COLORS = ['package', 'file', 'name'] as const
const THEMES = ['light', 'dark'] as const
const DIRECTIONS = ['icicle', 'flame'] as const
const CHANGES = ['absolute', 'normalised', 'per-call'] as const
const SIDES = ['after', 'before'] as const

export type FlamegraphOrder = (typeof ORDERS)[number]

/** Options of `tracer flamegraph`. */
export const FLAMEGRAPH_OPTIONS = {
  output: option<string>({
    flags: '-o, --output <file>',
    meaning: 'the file to write: .svg, a picture; .html, a page that can be searched and zoomed',
    initial: 'flamegraph.svg',
    initialText: 'flamegraph.svg',
    read: (text) => text,
  }),
  diff: option<boolean>({
    flags: '--diff',
    meaning: 'compare two files, the one before and the one after: colours are what became of self times',
    initial: false,
    initialText: '',
  }),
  order: option<FlamegraphOrder>({
    flags: '--order <name>',
    meaning: 'grouped: calls on the same path together; by-time: as they came; inverted: from functions to callers',
    initial: 'grouped',
    initialText: 'grouped',
    read: (text, flag) => readChoice(ORDERS, text, flag),
  }),
  thread: option<string | undefined>({
    flags: '--thread <name | id>',
    meaning: 'only the threads of this name or number',
    initial: undefined,
    initialText: 'all',
    read: (text) => text,
  }),
  color: option<(typeof COLORS)[number] | undefined>({
    flags: '--color <by>',
    meaning: `what colours stand for: ${COLORS.join(', ')}`,
    initial: undefined,
    initialText: 'the first that tells something',
    read: (text, flag) => readChoice(COLORS, text, flag),
  }),
  width: option<number>({
    flags: '--width <pixels>',
    meaning: 'how wide the picture is',
    initial: 1200,
    initialText: '1200',
    read: readPixels,
  }),
  minWidth: option<number>({
    flags: '--min-width <pixels>',
    meaning: 'what would be narrower in the picture is put together into grey marks',
    initial: 0.5,
    initialText: '0.5',
    read: readPixels,
  }),
  theme: option<(typeof THEMES)[number] | undefined>({
    flags: '--theme <name>',
    meaning: 'light or dark',
    initial: undefined,
    initialText: "the reader's",
    read: (text, flag) => readChoice(THEMES, text, flag),
  }),
  direction: option<(typeof DIRECTIONS)[number]>({
    flags: '--direction <name>',
    meaning: 'icicle: callers above; flame: callers below',
    initial: 'icicle',
    initialText: 'icicle',
    read: (text, flag) => readChoice(DIRECTIONS, text, flag),
  }),
  side: option<(typeof SIDES)[number]>({
    flags: '--side <name>',
    meaning: 'with --diff, the file that gives frames their width: after or before',
    initial: 'after',
    initialText: 'after',
    read: (text, flag) => readChoice(SIDES, text, flag),
  }),
  change: option<(typeof CHANGES)[number]>({
    flags: '--change <kind>',
    meaning: 'with --diff, what counts: absolute, normalised (as if both had lasted equally long), per-call',
    initial: 'absolute',
    initialText: 'absolute',
    read: (text, flag) => readChoice(CHANGES, text, flag),
  }),
  title: option<string | undefined>({
    flags: '--title <text>',
    meaning: 'the heading',
    initial: undefined,
    initialText: 'the name of the file',
    read: (text) => text,
  }),
  static: option<boolean>({
    flags: '--static',
    meaning: 'leave the script for zooming and searching out of the SVG',
    initial: false,
    initialText: '',
  }),
  raw: REPORT_OPTIONS.raw,
  serializer: REPORT_OPTIONS.serializer,
} satisfies OptionTable

export type FlamegraphOptions = OptionValues<typeof FLAMEGRAPH_OPTIONS>
