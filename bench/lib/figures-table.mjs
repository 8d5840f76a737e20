import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const BENCH = join(import.meta.dirname, '..')

const START = '<!-- figures: npm run bench:docs -->'
const END = '<!-- /figures -->'

/** @typedef {{ readonly machine: { readonly date: string, readonly node: string }, readonly rows: readonly import('./scenario.mjs').Row[] }} Result */

/** @type {Record<import('./scenario.mjs').Figure['unit'], (value: number) => string>} */
const SHOWN = {
  ns: (value) => `${round(value)} ns`,
  ms: (value) => `${round(value)} ms`,
  x: (value) => `${round(value)} x`,
  '%': (value) => `${round(value * 100)} %`,
  bytes: (value) => `${round(value)} bytes`,
  MB: (value) => `${round(value)} MB`,
  'MB/s': (value) => `${round(value)} MB/s`,
  million: (value) => `${round(value / 1e6)} million`,
}

/** `text` with the table of all figures between the markers. @param {string} text */
export async function withFigures(text) {
  const [from, to] = [text.indexOf(START), text.indexOf(END)]
  if (from === -1 || to < from) throw new Error(`There is no ${START} ... ${END}.`)
  return `${text.slice(0, from)}${START}\n${await figuresTable()}\n${text.slice(to)}`
}

/** What the latest results of each scenario say, beside the goals. */
async function figuresTable() {
  const majors = new Set(resultFiles().map((file) => Number(/-node-(\d+)/.exec(file)?.[1])))
  const columns = [...majors].sort((a, b) => a - b)
  const lines = [
    row(['measure', 'goal', ...columns.map((major) => `Node.js ${major}`)]),
    `|${'---|'.repeat(columns.length + 2)}`,
  ]
  for (const name of readdirSync(join(BENCH, 'scenarios')).map((file) => file.replace('.mjs', ''))) {
    const scenario = /** @type {import('./scenario.mjs').Scenario} */ (await import(`../scenarios/${name}.mjs`))
    const results = columns.map((major) => latest(name, major))
    for (const figure of scenario.figures ?? []) {
      lines.push(row([figure.text, goalOf(figure), ...results.map((result) => cellOf(figure, result))]))
    }
  }
  return lines.join('\n')
}

/** @param {readonly string[]} cells */
function row(cells) {
  return `| ${cells.join(' | ')} |`
}

/** @param {import('./scenario.mjs').Figure} figure */
function goalOf({ unit, atMost, atLeast }) {
  if (atMost !== undefined) return `at most ${SHOWN[unit](atMost)}`
  return atLeast === undefined ? '' : `at least ${SHOWN[unit](atLeast)}`
}

/**
 * The median; bold where it misses the goal.
 *
 * @param {import('./scenario.mjs').Figure} figure
 * @param {Result | undefined} result
 */
function cellOf({ measurement, variant, unit, atMost = Infinity, atLeast = -Infinity }, result) {
  const found = result?.rows.find((row) => row.measurement === measurement && row.variant === variant)
  if (found === undefined) return 'not measured'
  const isReached = found.median <= atMost && found.median >= atLeast
  return isReached ? SHOWN[unit](found.median) : `**${SHOWN[unit](found.median)}**`
}

/**
 * @param {string} scenario
 * @param {number} major
 * @returns {Result | undefined}
 */
function latest(scenario, major) {
  // Their names begin with the date.
  const file = resultFiles().findLast((name) => name.slice('2026-01-01-'.length) === `${scenario}-node-${major}.json`)
  return file === undefined ? undefined : JSON.parse(readFileSync(join(BENCH, 'results', file), 'utf8'))
}

function resultFiles() {
  return readdirSync(join(BENCH, 'results')).sort()
}

/** @param {number} value */
function round(value) {
  return value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 4 : 3 })
}
