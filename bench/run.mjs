// Measures the scenarios: `npm run bench` all of them, `npm run bench -- fib` those that are named.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from './lib/machine.mjs'
import { measure } from './lib/scenario.mjs'

/** Turns of each variant; odd, so that the median is a run that happened. */
const USUAL_TURNS = 5

const SCENARIOS = join(import.meta.dirname, 'scenarios')
const RESULTS = join(import.meta.dirname, 'results')

const known = readdirSync(SCENARIOS).map((file) => file.replace('.mjs', ''))
const wanted = process.argv.slice(2).filter((name) => name !== '--')
const unknown = wanted.filter((name) => !known.includes(name))

if (unknown.length > 0) {
  console.error(`There is no scenario ${unknown.join(', ')}; there are ${known.join(', ')}.`)
  process.exitCode = 2
} else {
  let seconds = 0
  for (const name of wanted.length > 0 ? wanted : known) seconds += await run(name)
  console.log(`\nTook ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s.`)
}

/**
 * @param {string} name
 * @returns the seconds it took
 */
async function run(name) {
  const startedAt = performance.now()
  const scenario = /** @type {import('./lib/scenario.mjs').Scenario} */ (await import(`./scenarios/${name}.mjs`))
  console.log(`\n${name}: ${scenario.isolates}\n`)
  const machine = describeMachine()
  const turns = scenario.turns ?? USUAL_TURNS
  const rows = await measure(scenario, turns)
  const environment = scenario.environment?.() ?? {}
  await scenario.finish?.()
  const seconds = (performance.now() - startedAt) / 1000
  print(rows)

  mkdirSync(RESULTS, { recursive: true })
  const file = join(RESULTS, `${machine.date.slice(0, 10)}-${name}-node-${machine.node.split('.')[0]}.json`)
  writeFileSync(
    file,
    JSON.stringify(
      {
        scenario: name,
        isolates: scenario.isolates,
        machine: { ...machine, ...environment },
        turns,
        seconds: Math.round(seconds),
        rows,
      },
      null,
      2,
    ) + '\n',
  )
  const { node, cpu, cores } = machine
  console.log(`\n${turns} turns in ${seconds.toFixed(0)} s, Node ${node}, ${cpu}, ${cores} cores: ${file}`)
  return seconds
}

/** @param {import('./lib/scenario.mjs').Row[]} rows */
function print(rows) {
  const cells = [
    ['', '', 'median', 'min', 'max'],
    ...rows.map(({ measurement, variant, median, min, max }) => [
      measurement,
      variant,
      ...[median, min, max].map((value) => value.toLocaleString('en', { maximumSignificantDigits: 4 })),
    ]),
  ]
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  for (const row of cells) {
    const padded = row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
    console.log(padded.join('  '))
  }
}
