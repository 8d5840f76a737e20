const mixed = require('./mixed.cjs')
exports.seen = () => [Object.keys(mixed), atLoad, mixed.notThere]
const atLoad = [Object.keys(mixed), mixed.partial()]
