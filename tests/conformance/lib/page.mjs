import { programsSection } from './programs-section.mjs'
import { table } from './table.mjs'

/** @typedef {import('./report.mjs').Report} Report */

const INTRODUCTION = `# Conformance

Written by \`node tests/conformance/write-docs.mjs\` from the results of \`npm run conformance\` and
\`npm run conformance:packages\`; not by hand.

Every test of test262 is run twice, as it is and with the probes of \`@tracer/instrument\` in it, in each mode that it
asks for: sloppy, strict, module. What counts is whether both end alike: both pass, or both fail in the same phase with
the same kind of error. Tests of what a version of Node.js lacks fail both times.

Some tests read the text of a function. Under Tracer the loader takes the probes out of it, which \`instrument\` alone
cannot; a test that differs is therefore run a third time with a \`toString\` that does this, and is counted under
"same by toString" if it then ends as it does bare.`

/**
 * @param {readonly Report[]} reports
 * @param {readonly import('./programs-section.mjs').ProgramReport[]} programs
 * @param {Readonly<Record<string, string>>} reasons why a real program is known to differ
 * @returns {string}
 */
export function formatPage(reports, programs, reasons) {
  const sorted = [...reports].sort((a, b) => majorOf(a) - majorOf(b))
  return `${[
    INTRODUCTION,
    outcomes(sorted),
    reach(sorted),
    ...sorted.flatMap((report) => differences(`Different on Node ${report.node}`, report.different)),
    ...sorted.flatMap((report) => differences(`Deliberate on Node ${report.node}`, report.deliberate)),
    ...programsSection(programs, reasons),
  ].join('\n\n')}\n`
}

/** @param {readonly Report[]} reports */
function outcomes(reports) {
  return table(
    ['Node', 'V8', 'test262', 'tests', 'same', 'of which pass', 'same by toString', 'different', 'deliberate'],
    reports.map((report) => [
      report.node,
      report.v8,
      report.test262,
      format(report.tests),
      format(report.same),
      format(report.passing),
      format(report.functionTexts.length),
      format(report.different.length),
      format(report.deliberate.length),
    ]),
  )
}

/**
 * What the instrumented tests held, and what ran bare in them.
 *
 * @param {readonly Report[]} reports
 */
function reach(reports) {
  const reasons = [...new Set(reports.flatMap(({ notInstrumented }) => Object.keys(notInstrumented)))].sort()
  const left = [...new Set(reports.flatMap(({ functionsSkipped }) => Object.keys(functionsSkipped)))].sort()
  return [
    '## Not instrumented',
    'Files that run as they are count among the tests above; most are errors of syntax that a test wants to see.',
    table(
      ['Node', 'functions', ...left.map((name) => `left alone: ${name}`), ...reasons.map((name) => `tests: ${name}`)],
      reports.map(({ node, functions, functionsSkipped, notInstrumented }) => [
        node,
        format(functions),
        ...left.map((name) => format(functionsSkipped[name] ?? 0)),
        ...reasons.map((name) => format(notInstrumented[name] ?? 0)),
      ]),
    ),
  ].join('\n\n')
}

/**
 * @param {string} title
 * @param {Report['different']} list
 */
function differences(title, list) {
  if (list.length === 0) return []
  const rows = list.map(({ name, bare, instrumented, reason }) => [name, bare, instrumented, reason ?? ''])
  return [`## ${title}`, table(['test', 'bare', 'instrumented', 'reason'], rows)]
}

/** @param {number} count */
function format(count) {
  return count.toLocaleString('en-US')
}

/** @param {Report} report */
function majorOf({ node }) {
  return Number(node.split('.')[0])
}
