import { Level, Reading } from './reading.js'

function describe(reading: Reading): string {
  return `${Level[reading.level]} ${reading.value satisfies number}`
}

console.log(describe(new Reading(3)), describe(new Reading(30)))
