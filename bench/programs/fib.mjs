// Calls that do almost nothing. Prints how many there were and how long they took.
const N = 30

/** @type {(n: number) => number} */
function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2)
}

// So that what is measured is optimized code.
fib(20)

const start = performance.now()
fib(N)
const milliseconds = performance.now() - start

console.log(JSON.stringify({ calls: callsOf(N), milliseconds }))

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
