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
