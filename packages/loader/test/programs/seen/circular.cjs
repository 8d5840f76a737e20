// traces: partial, seen, late
exports.first = () => 1
const mixed = require('./support/circular/mixed.cjs')
console.log(JSON.stringify([mixed.required(), mixed.partial(), module.children.length, require('./support/circular/other.cjs').seen()]))
exports.second = require('./support/circular/main.cjs')
const late = () => import('./support/circular/main.mjs').then((m) => console.log(JSON.stringify([Object.keys(m), m.seen(), m.default === module.exports])))
late()
