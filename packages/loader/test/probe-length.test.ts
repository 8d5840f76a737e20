import { expect, it } from 'vitest'
import { record } from './record.js'

/** Bytes of bytecode that V8 inlines wherever they are called; in Node.js 26 it is 30. */
const SMALL = 27

const PROGRAM = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }\nfib(15)\n'

it.each(['enter', 'enterChecked', 'exit', 'moment'])('%s is so short that V8 inlines it everywhere', async (name) => {
  const { stdout } = await record(
    { 'fib.cjs': PROGRAM },
    { nodeArgs: ['--print-bytecode', `--print-bytecode-filter=${name}`] },
  )
  const lengths = [...stdout.matchAll(/^Bytecode length: (\d+)/gm)].map(([, length]) => Number(length))
  expect(lengths).not.toEqual([])
  // Node.js and the program have no other functions of these names in use here.
  expect(Math.max(...lengths)).toBeLessThanOrEqual(SMALL)
})
