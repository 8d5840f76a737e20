import type { Order } from './orders.ts'

/** What a customer is expected to spend in a year, in cents. */
export interface Forecast {
  readonly low: number
  readonly median: number
  readonly high: number
}

const SAMPLES = 3000

/** Draws many years at random from the one that is known (a bootstrap): much to calculate, nothing to wait for. */
export function forecast(orders: readonly Order[]): Forecast {
  const random = randomFrom(orders.length)
  const years: number[] = []
  while (years.length < SAMPLES) years.push(sampleYear(orders, random))
  years.sort((a, b) => a - b)
  const at = (share: number) => years[Math.floor(share * SAMPLES)] ?? 0
  return { low: at(0.05), median: at(0.5), high: at(0.95) }
}

function sampleYear(orders: readonly Order[], random: () => number): number {
  let cents = 0
  for (let drawn = 0; drawn < orders.length; drawn += 1) {
    cents += orders[Math.floor(random() * orders.length)]?.cents ?? 0
  }
  return cents
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
