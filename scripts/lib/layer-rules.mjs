/**
 * Which package may use which: folder -> folders, `*` for one path segment. What is not listed is
 * an error, and so is a package without a row. Arrows point downwards only; composition is up to apps.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const ARROWS = {
  'packages/core': [],
  'packages/serializer-json': ['packages/core'],
  'packages/serializer-protobuf': ['packages/core'],
  'packages/serializer-gzip': ['packages/core'],
  'packages/serializer-speedscope': ['packages/core'],
  'packages/serializer-cpuprofile': ['packages/core'],
  'packages/serializer-firefox': ['packages/core'],
  'packages/serializer-collapsed': ['packages/call-tree', 'packages/core'],
  'packages/serializer-pprof': ['packages/call-tree', 'packages/core'],
  'packages/serializer-html': [
    'packages/serializer-protobuf',
    'packages/serializer-gzip',
    'packages/call-tree',
    'packages/text-format',
    'packages/core',
  ],
  'packages/call-tree': ['packages/core'],
  'packages/filters': ['packages/core'],
  'packages/async-tree': ['packages/core'],
  'packages/gestures': [],
  'packages/timeline': ['packages/gestures', 'packages/core'],
  'packages/flamegraph': ['packages/gestures', 'packages/call-tree', 'packages/text-format', 'packages/core'],
  'packages/combine': ['packages/core'],
  'packages/text-format': [],
  'packages/spool': ['packages/core'],
  'packages/clock-native': ['packages/core'],
  'packages/instrument': ['packages/core'],
  'packages/recorder': ['packages/clock-native', 'packages/spool', 'packages/core'],
  'packages/adapter-http': ['packages/recorder'],
  'packages/adapter-thread': ['packages/recorder', 'packages/core'],
  'packages/adapter-process': ['packages/recorder', 'packages/spool'],
  'packages/loader': [
    'packages/adapter-http',
    'packages/adapter-thread',
    'packages/adapter-process',
    'packages/recorder',
    'packages/clock-native',
    'packages/instrument',
    'packages/spool',
    'packages/core',
  ],
  'apps/cli': ['packages/*', 'apps/viewer'],
  'apps/viewer': [
    'packages/timeline',
    'packages/flamegraph',
    'packages/async-tree',
    'packages/call-tree',
    'packages/serializer-collapsed',
    'packages/serializer-cpuprofile',
    'packages/serializer-gzip',
    'packages/serializer-html',
    'packages/serializer-json',
    'packages/serializer-protobuf',
    'packages/serializer-speedscope',
    'packages/text-format',
    'packages/core',
  ],
  // A package as anyone could write it: nothing of Tracer but the contract.
  'examples/custom-serializer': ['packages/core'],
  // What newcomers read and trace is a program like theirs: it knows nothing of Tracer.
  'examples/*': [],
  'tests/*': ['packages/*', 'apps/*', 'bench'],
  bench: ['packages/*', 'apps/*'],
}

/**
 * Source that has to run outside Node too: neither `node:` modules nor any dependency but those in `uses`,
 * which run there themselves.
 *
 * @type {readonly { folder: string, except?: string, uses?: readonly string[] }[]}
 */
export const PORTABLE = [
  { folder: 'packages/core/src/', except: 'packages/core/src/node/' },
  { folder: 'packages/serializer-protobuf/src/', uses: ['@tracer/core'] },
  { folder: 'packages/combine/src/', uses: ['@tracer/core'] },
  { folder: 'packages/gestures/src/' },
  { folder: 'packages/timeline/src/', uses: ['@tracer/gestures', '@tracer/core'] },
  { folder: 'packages/filters/src/', uses: ['@tracer/core'] },
  {
    folder: 'packages/serializer-html/src/',
    uses: [
      '@tracer/serializer-protobuf',
      '@tracer/serializer-gzip',
      '@tracer/call-tree',
      '@tracer/text-format',
      '@tracer/core',
    ],
  },
  {
    folder: 'packages/flamegraph/src/',
    uses: ['@tracer/gestures', '@tracer/call-tree', '@tracer/text-format', '@tracer/core'],
  },
]

/**
 * Published as pages, into which all that they use is built: their users install nothing else.
 *
 * @type {readonly string[]}
 */
export const PAGES = ['apps/viewer']

/**
 * The row of a folder, or undefined when nobody has decided about it.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, readonly string[]>>} arrows
 */
export function allowedFor(folder, arrows) {
  return Object.entries(arrows).find(([pattern]) => matches(pattern, folder))?.[1]
}

/**
 * @param {string} pattern
 * @param {string} folder
 */
export function matches(pattern, folder) {
  const [patterns, segments] = [pattern.split('/'), folder.split('/')]
  return (
    patterns.length === segments.length && patterns.every((part, index) => part === '*' || part === segments[index])
  )
}
