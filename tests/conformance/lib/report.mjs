import { PASS } from './outcome.mjs'

/**
 * A test whose outcome differs.
 *
 * @typedef {object} Difference
 * @property {string} name path and mode
 * @property {string} bare
 * @property {string} instrumented
 * @property {string} [reason] why it is known to differ
 */

/** @typedef {Readonly<Record<string, number>>} Counts */

/**
 * What one run of the suite gave; the content of the files in `results/`.
 *
 * @typedef {object} Report
 * @property {string} node
 * @property {string} v8
 * @property {string} instrument version of the package
 * @property {string} test262 revision of the checkout
 * @property {number} seconds
 * @property {number} tests each mode of a test counts
 * @property {number} same
 * @property {number} passing how many of those with the same outcome passed
 * @property {readonly Difference[]} different
 * @property {readonly Difference[]} deliberate
 * @property {readonly string[]} functionTexts tests that see the text of a function, and end the same once
 *   `toString` gives the text without probes, as it does under the loader
 * @property {Counts} notInstrumented tests that ran bare, by reason
 * @property {number} functions how many functions got a probe
 * @property {Counts} functionsSkipped by reason
 */

/**
 * @param {readonly import('./comparison.mjs').Comparison[]} comparisons
 * @param {Readonly<Record<string, string>>} deliberate reasons by name of the test
 * @returns {Pick<Report, 'tests' | 'same' | 'passing' | 'different' | 'deliberate' | 'functionTexts' | 'notInstrumented' | 'functions' | 'functionsSkipped'>}
 */
export function compare(comparisons, deliberate) {
  /** @type {Record<string, number>} */
  const notInstrumented = {}
  /** @type {Record<string, number>} */
  const functionsSkipped = {}
  /** @type {Difference[]} */
  const differences = []
  /** @type {string[]} */
  const functionTexts = []
  let passing = 0
  let functions = 0
  for (const { run, bare, instrumented, restored } of comparisons) {
    functions += instrumented.functions
    for (const [reason, count] of Object.entries(instrumented.functionsSkipped)) add(functionsSkipped, reason, count)
    if (instrumented.skipped !== undefined) add(notInstrumented, reasonOf(instrumented.skipped, bare), 1)
    if (bare.outcome === instrumented.outcome) {
      if (bare.outcome === PASS) passing++
    } else if (bare.outcome === restored?.outcome) {
      functionTexts.push(`${run.path} (${run.mode})`)
    } else {
      const reason = deliberate[run.path]
      differences.push({
        name: `${run.path} (${run.mode})`,
        bare: bare.outcome,
        instrumented: instrumented.outcome,
        ...(reason === undefined ? {} : { reason }),
      })
    }
  }
  return {
    tests: comparisons.length,
    same: comparisons.length - differences.length - functionTexts.length,
    passing,
    different: differences.filter(({ reason }) => reason === undefined),
    deliberate: differences.filter(({ reason }) => reason !== undefined),
    functionTexts,
    notInstrumented,
    functions,
    functionsSkipped,
  }
}

/**
 * A text that the parser rejects and the engine too is what a negative test wants; one that only
 * the parser rejects is a gap.
 *
 * @param {string} skipped
 * @param {import('./run-test.mjs').VariantResult} bare
 */
function reasonOf(skipped, { failure }) {
  if (skipped !== 'syntax-error') return skipped
  return failure?.phase === 'parse' ? 'syntax-error' : 'syntax-error for the parser only'
}

/**
 * @param {Record<string, number>} counts
 * @param {string} key
 * @param {number} count
 */
function add(counts, key, count) {
  counts[key] = (counts[key] ?? 0) + count
}

/** @param {Report} report */
export function formatReport({ node, tests, same, passing, different, deliberate, functionTexts, ...rest }) {
  const lines = [
    `Node ${node}, ${rest.functions} functions instrumented, ${rest.seconds} s`,
    `tests      ${tests}`,
    `same       ${same}, of which ${passing} pass`,
    `different  ${different.length}`,
    `deliberate ${deliberate.length}`,
    `same once functions show their own text ${functionTexts.length}`,
    'not instrumented',
    ...Object.entries(rest.notInstrumented).map(([reason, count]) => `  ${reason}: ${count}`),
    'functions left alone',
    ...Object.entries(rest.functionsSkipped).map(([reason, count]) => `  ${reason}: ${count}`),
  ]
  for (const { name, bare, instrumented } of different) lines.push(`${name}: ${bare} -> ${instrumented}`)
  return lines.join('\n')
}
