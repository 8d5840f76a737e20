exports.seen = (function seen() { return [module.parent && module.parent.filename, require.main.filename, module.loaded, module.children.length, module.id] })()
