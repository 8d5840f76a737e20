// traces: own, fromCjs
const print = (...values) => console.log(JSON.stringify(values))
const meta = require('./support/meta.mjs')
print(meta.own(), Object.keys(meta), require('./support/meta.mjs') === meta, Object.prototype.toString.call(meta), require('./support/default.mjs'), require('./support/exports.mjs'))
try { require('./support/tla-a.mjs') } catch (error) { print(error.code, error.message.split('\n')[0]) }
try { require('./support/throws.mjs') } catch (error) { print(error.message, error.stack.split('\n')[1]) }
function fromCjs() { return import('./support/meta.mjs') }
fromCjs().then((namespace) => print(namespace === meta, Object.keys(require.cache).length, module.children.length))
print(Object.keys(require.cache).map((k) => k.split('/').at(-1)), module.children.map((m) => m.filename.split('/').at(-1)))
