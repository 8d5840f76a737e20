exports.partial = () => 'partial'
const other = require('./other.cjs')
exports.required = function required() { return other.seen() }
exports.late = () => { try { return Object.keys(require('../../circular.mjs')) } catch (error) { return [error.code, error.message] } }
