import { choiceOption, option, switchOption, type OptionTable, type OptionValues } from './option-spec.js'
import { readChoice, readPixels } from './option-values.js'
import { REPORT_OPTIONS } from './report-options.js'

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
  diff: switchOption(
    '--diff',
    'compare two files, the one before and the one after: colours are what became of self times',
  ),
  order: choiceOption(
    '--order <name>',
    'grouped: calls on the same path together; by-time: as they came; inverted: from functions to callers',
    ORDERS,
    'grouped',
  ),
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
  direction: choiceOption('--direction <name>', 'icicle: callers above; flame: callers below', DIRECTIONS, 'icicle'),
  side: choiceOption(
    '--side <name>',
    'with --diff, the file that gives frames their width: after or before',
    SIDES,
    'after',
  ),
  change: choiceOption(
    '--change <kind>',
    'with --diff, what counts: absolute, normalised (as if both had lasted equally long), per-call',
    CHANGES,
    'absolute',
  ),
  title: option<string | undefined>({
    flags: '--title <text>',
    meaning: 'the heading',
    initial: undefined,
    initialText: 'the name of the file',
    read: (text) => text,
  }),
  static: switchOption('--static', 'leave the script for zooming and searching out of the SVG'),
  raw: REPORT_OPTIONS.raw,
  serializer: REPORT_OPTIONS.serializer,
} satisfies OptionTable

export type FlamegraphOptions = OptionValues<typeof FLAMEGRAPH_OPTIONS>
