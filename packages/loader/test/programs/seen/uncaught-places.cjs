// traces: run, show
const assert = require('node:assert')
const { spawn } = require('node:child_process')
function make(message) { return new Error(message) }
class Own extends Error {
  constructor(message) {
    super(message); this.code = 'OWN'
  }
}
class Further extends Own {
  constructor() {
    super('further')
  }
}
class Hidden extends TypeError { constructor() { super('hidden'); Error.captureStackTrace(this, Hidden) } }
class Named extends Error { constructor(message, options) { super(message, options); this.name = 'NamedError'; Error.captureStackTrace(this, this.constructor) } }
function Legacy(message) { const error = Error.call(this, message); this.message = error.message; this.stack = error.stack }
Legacy.prototype = Object.create(Error.prototype, { constructor: { value: Legacy } })
const ends = {
  own() { throw new Own('own') },
  further() {
    throw new Further()
  },
  hidden() { const none = () => 0; throw new Hidden(none()) },
  named() { throw new Named('named', { cause: new Own('cause') }) },
  legacy() { throw new Legacy('legacy') },
  several() { throw new Error('first\n    at line\nsecond') },
  notRead() { const one = () => '{'; JSON.parse(one()) },
  ofNode() { const none = () => '/none'; require('node:fs').readFileSync(none() + '/such') },
  expected() { assert.throws(() => { throw new Own('inner') }, /other/) },
  built() {
    const error = new Error('built')
    error.code = 'BUILT'
    throw error
  },
  made() {
    const none = () => 0
    throw make('made' + none())
  },
  called() { const none = () => 0; throw TypeError('called' + none()) },
  builtTypeError() {
    const error = new TypeError('built')
    throw error
  },
  byV8() { const none = () => null; none().missing },
  byFunction() { const none = () => 0; [none()].reduce(1) },
  asserted() { const one = () => 1; assert.equal(one(), 2) },
  condition() { const one = () => 1; assert(one() === 2) },
  async rejectedAssertion() { await null; const one = () => 1; assert.equal(one(), 2) },
  async rejectedNamed() { await null; throw new Named('rejected', { cause: new Own('cause') }) },
  async rejectedOwn() { await null; throw new Own('rejected') },
  async rejectedRead() { await null; const error = make('read'); void error.stack; throw error },
  async rejectedBuilt() { await null; const error = make('unread'); throw error },
  noError() {
    throw { own: 'value' }
  },
  text() {
    throw 'text'
  },
}
function run(name) {
  const child = spawn(process.execPath, [...process.execArgv, __filename, name], { stdio: ['ignore', 'ignore', 'pipe'] })
  return new Promise((resolve) => { let text = ''; child.stderr.on('data', (data) => { text += data }).on('end', () => resolve(`${name}: ${text}`)) })
}
async function show() {
  for (const text of await Promise.all(Object.keys(ends).map(run))) console.log(text.replace(/\(node:\d+\)/g, ''))
}
if (process.argv[2] === undefined) show()
else setImmediate(() => ends[process.argv[2]]())
