const main = require('../../circular.cjs')
module.exports = [Object.keys(main), main.first(), main.second === undefined]
