exports.main = () => 'require'
