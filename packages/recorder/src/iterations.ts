import type { Ticks } from '@tracer/core'
import { types } from 'node:util'
import { CURSOR, DEPTH, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { isGeneratorFunction, isGeneratorObject, isProxy } = types
const { getOwnPropertyDescriptor, getPrototypeOf } = Object
const { asyncIterator, iterator }: { readonly asyncIterator: symbol; readonly iterator: symbol } = Symbol

/**
 * Which activation goes through a generator that begins, by when that was paused: its slice is closed when V8 calls
 * the generator for it.
 */
export class Iterations {
  readonly #control: Int32Array
  /** 0 when there is none, or something else has happened since. */
  #pausedAt: Ticks = 0
  #depth = 0
  #cursor = 0

  constructor({ control }: ThreadMemory) {
    this.#control = control
  }

  /** An activation was paused at `at`, to go through `value`. */
  pausedFor(value: unknown, at: Ticks): void {
    this.#pausedAt = beginsGenerator(value) ? at : 0
    this.#depth = this.#control[DEPTH]
    this.#cursor = this.#control[CURSOR]
  }

  /** What begins from now on begins for another reason. */
  forget(): void {
    this.#pausedAt = 0
  }

  /** A generator begins: when the activation was paused that goes through it; 0 when no such is known. */
  takePause(): Ticks {
    const at = this.#pausedAt
    this.#pausedAt = 0
    return this.#control[DEPTH] === this.#depth && this.#control[CURSOR] === this.#cursor ? at : 0
  }
}

/** Whether a generator is what runs next when something is gone through. Looks at it without any of the program's code. */
function beginsGenerator(value: unknown): boolean {
  if (isGeneratorObject(value)) return true
  let holder: unknown = value
  while (typeof holder === 'object' && holder !== null && !isProxy(holder)) {
    const method = getOwnPropertyDescriptor(holder, asyncIterator) ?? getOwnPropertyDescriptor(holder, iterator)
    if (method !== undefined) return isGeneratorFunction(method.value)
    holder = getPrototypeOf(holder)
  }
  return false
}
