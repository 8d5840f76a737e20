import { table } from './table.mjs'

/**
 * What `npm run conformance:packages` wrote for one version of Node.js; the parts that are shown.
 *
 * @typedef {{
 *   readonly node: string,
 *   readonly counts: { readonly jobs: number, readonly same: number, readonly different: number, readonly cannotRunHere: number },
 *   readonly packages: Readonly<Record<string, string>>,
 *   readonly results: readonly { readonly name: string, readonly kind: string, readonly result: string }[],
 * }} ProgramReport
 */

/**
 * The section about real programs, or nothing when none were run.
 *
 * @param {readonly ProgramReport[]} reports
 * @param {Readonly<Record<string, string>>} reasons why a job is known to differ, by its name
 */
export function programsSection(reports, reasons) {
  if (reports.length === 0) return []
  const different = reports.flatMap(({ node, results }) =>
    results
      .filter(({ result }) => result !== 'same')
      .map(({ name, kind, result }) => [node, name, kind, result, reasons[name] ?? '']),
  )
  const versions = Object.entries(reports[0].packages).map(([name, version]) => `${name} ${version}`)
  return [
    '## Real programs',
    `Each job runs bare and under \`tracer --packages all\`; output, exit code and every file written are compared, byte by
byte. Packages: ${versions.join(', ')}.`,
    table(
      ['Node', 'jobs', 'same', 'different', 'cannot run here'],
      reports.map(({ node, counts }) => [
        node,
        ...[counts.jobs, counts.same, counts.different, counts.cannotRunHere].map(String),
      ]),
    ),
    ...(different.length === 0 ? [] : [table(['Node', 'job', 'kind', 'result', 'reason'], different)]),
  ]
}
