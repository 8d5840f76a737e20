import { GrowingColumn } from './growing-column.js'

const INITIAL_SLOTS = 4096
const EMPTY = -1

/**
 * Numbers pairs of integers in the order in which they are first seen, from 0. An open-addressed
 * hash table, because it is asked once a slice: a `Map` would need a key made of two numbers.
 */
export class PairIndex {
  /** The pairs, by number. */
  readonly first = new GrowingColumn(Int32Array)
  readonly second = new GrowingColumn(Int32Array)
  #slots = new Int32Array(INITIAL_SLOTS).fill(EMPTY)

  /** How many pairs there are. */
  get length(): number {
    return this.first.length
  }

  /** The number of a pair; a pair not seen before gets the next one, `length`. */
  numberOf(first: number, second: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    const firsts = this.first.values
    const seconds = this.second.values
    for (let slot = hash(first, second) & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot]
      if (number === EMPTY) return this.#add(slot, first, second)
      if (seconds[number] === second && firsts[number] === first) return number
    }
  }

  #add(slot: number, first: number, second: number): number {
    const number = this.length
    this.first.push(first)
    this.second.push(second)
    this.#slots[slot] = number
    // Half full at most: a search then looks at one or two slots.
    if (this.length * 2 > this.#slots.length) this.#rehash()
    return number
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY)
    const mask = slots.length - 1
    for (let number = 0; number < this.length; number++) {
      let slot = hash(this.first.values[number], this.second.values[number]) & mask
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask
      slots[slot] = number
    }
    this.#slots = slots
  }
}

// Multipliers of MurmurHash3: odd, so that no bit is lost, and mixing neighbours far apart.
function hash(first: number, second: number): number {
  const mixed = Math.imul(first, 0xcc9e2d51) ^ Math.imul(second, 0x1b873593)
  const product = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return product ^ (product >>> 13)
}
