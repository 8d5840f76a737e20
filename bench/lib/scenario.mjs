import { spreadOf } from './statistics.mjs'

/**
 * Numbers of one run by what they are, with the unit: `{ 'ns a call': 2.2 }`.
 *
 * @typedef {Record<string, number>} Measurements
 */

/**
 * One way to run a scenario, such as `bare` or `traced`.
 *
 * @typedef {() => Measurements | Promise<Measurements>} Variant
 */

/**
 * What a file in `scenarios/` exports. Its name is the file's.
 *
 * @typedef {object} Scenario
 * @property {string} isolates the one thing that the numbers are about
 * @property {() => Record<string, Variant> | Promise<Record<string, Variant>>} prepare makes what all
 *   runs share; the first variant is what the others are compared with
 * @property {() => Record<string, string>} [environment] what else the numbers depend on, such as a browser and its version; asked after the last turn
 * @property {() => Promise<void>} [finish] closes what `prepare` opened; called last
 * @property {number} [turns] of each variant; 5 unless it says otherwise
 * @property {readonly Figure[]} [figures] what the README shows of it
 */

/**
 * A row of the result that the README shows, with the goal where there is one, in the row's own measure.
 *
 * @typedef {object} Figure
 * @property {string} text
 * @property {string} measurement
 * @property {string} variant
 * @property {'ns' | 'ms' | 'x' | '%' | 'bytes' | 'MB' | 'MB/s' | 'million'} unit how it is shown: shares as `%`, events as `million`
 * @property {number} [atMost]
 * @property {number} [atLeast]
 */

/**
 * One line of the result: a measurement of a variant, or of a variant against the first.
 *
 * @typedef {{ measurement: string, variant: string } & import('./statistics.mjs').Spread} Row
 */

/**
 * Runs the variants in turns, so that a slow spell of the machine meets all of them, and compares
 * them turn by turn. The first turn warms up and does not count.
 *
 * @param {Scenario} scenario
 * @param {number} turns
 * @returns {Promise<Row[]>}
 */
export async function measure(scenario, turns) {
  const variants = Object.entries(await scenario.prepare())
  /** @type {Record<string, Measurements>[]} */
  const results = []
  for (let turn = 0; turn <= turns; turn += 1) {
    /** @type {Record<string, Measurements>} */
    const result = {}
    for (const [name, run] of variants) result[name] = await run()
    if (turn > 0) results.push(result)
  }
  const [first, ...others] = variants.map(([name]) => name)
  const measurements = new Set(variants.flatMap(([name]) => Object.keys(results[0][name])))
  return [...measurements].flatMap((measurement) => {
    /** @param {string} variant */
    const has = (variant) => measurement in results[0][variant]
    /** @type {(variant: string, of: (result: Record<string, Measurements>) => number) => Row} */
    const row = (variant, of) => ({ measurement, variant, ...spreadOf(results.map(of)) })
    /** @param {string} variant */
    const own = (variant) => row(variant, (result) => result[variant][measurement])
    if (!has(first)) return others.filter(has).map(own)
    return [
      own(first),
      ...others
        .filter(has)
        .flatMap((other) => [
          own(other),
          row(`${other} - ${first}`, (result) => result[other][measurement] - result[first][measurement]),
          row(`${other} / ${first}`, (result) => result[other][measurement] / result[first][measurement]),
        ]),
    ]
  })
}
