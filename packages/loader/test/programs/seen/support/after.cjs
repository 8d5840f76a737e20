const helper = (x) => x
exports.required = function required() { return [helper(1), required.toString(), new Error('r').stack.split('\n')[1], typeof require, require('./data.json')] }
