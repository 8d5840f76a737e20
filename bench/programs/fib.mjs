// Calls that do almost nothing. Prints how many there were and how long they took.
import { usage } from '../lib/usage.mjs'

const N = 32

/** @type {(n: number) => number} */
function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2)
}

// So that what is measured is optimized code.
fib(20)

const before = usage()
fib(N)
console.log(JSON.stringify({ calls: callsOf(N), before, after: usage() }))

/**
 * How many calls fib(n) makes, itself included. Counted without recursion, which would be traced too.
 *
 * @param {number} n
 */
function callsOf(n) {
  let [previous, current] = [1, 1]
  for (let i = 2; i <= n; i += 1) [previous, current] = [current, 1 + previous + current]
  return current
}
