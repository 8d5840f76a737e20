const helper = (x) => x
exports.required = function required() { return required.toString() + helper(1) }
