// traces: attempt
const assert = require('node:assert')
const { ok } = assert
const attempts = [
  () => assert([1].every((y) => y > 1)),
  () => assert.ok([1].every(function (y) { return y > 1 })),
  () => ok([[1]].every((x) => x.some((y) => y > 1))),
  () => assert.strict(([1].map((y) => y))[0] === 3),
  () => assert([1].every((y) => {
    return y > 1
  })),
  () => assert.equal([1].every((y) => y > 1), true),
  () => assert(false, [1].map((y) => 'own ' + y)[0]),
]
function attempt(f) { try { f() } catch (error) { console.log(error.name, error.message, error.generatedMessage) } }
for (const f of attempts) attempt(f)
const sure = require('assert/strict').ok, { strict: exact, equal: same } = require('node:assert'), wrapped = (required) => ({ default: required }), assert_1 = wrapped(require('assert'))
const named = [
  () => sure([1].every((y) => y > 1)),
  () => exact([1].every((y) => y > 1)),
  () => (0, assert_1.default)([1].every((y) => y > 1)),
  () => (0, assert_1.default.ok)([1].every((y) => y > 1)),
  () => same([1].every((y) => y > 1), true),
]
for (const f of named) attempt(f)
