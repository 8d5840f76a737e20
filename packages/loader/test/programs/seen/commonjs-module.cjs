// traces: f, seen
const print = (...values) => console.log(JSON.stringify(values))
const path = require('node:path'), Module = require('node:module')
const before = Object.keys(require.cache)
function f() { return require('./support/lib.cjs') }
const lib = f()
print(before, Object.keys(require.cache), require.main === module, module.parent, module.children.map((m) => path.basename(m.filename)), module.paths, module.id, module.filename === __filename, module.loaded, Object.keys(module), module.path === __dirname)
print(lib.seen, require.cache[require.resolve('./support/lib.cjs')].exports === lib, Object.keys(require), require.name, require.length, require.toString(), Object.keys(require.extensions), require.extensions === Module._extensions)
print(arguments.length, arguments[0] === exports, this === exports, arguments.callee.length, typeof arguments.callee.caller, Object.getOwnPropertyNames(Module.prototype), Module.wrap('x'), Module.wrapper)
delete require.cache[require.resolve('./support/lib.cjs')]; print(f() === lib, f().seen, module.children.length)
try { require('./support/none.cjs') } catch (error) { print(error.code, error.message, error.requireStack) }
try { require('./support/syntax.cjs') } catch (error) { print(error.name, error.message, error.stack.split('\n').slice(0, 4)) }
try { require('./support/throws.cjs') } catch (error) { print(error.stack.split('\n').slice(0, 3), Object.keys(require.cache).some((k) => k.includes('throws'))) }
print(require('./support/data.json'), require.resolve.paths('x').length, Module.builtinModules.length > 30, Module.isBuiltin('fs'), Module.createRequire(__filename)('./support/lib.cjs') === f())
const own = new Module('virtual', module); own.filename = __filename; own.paths = []; own._compile('module.exports = function virtual() { return [__filename, module.id, new Error("v").stack.split("\\n")[1]] }', path.join(__dirname, 'virtual.cjs')); print(own.exports(), own.exports.toString())
const prototype = Module.prototype, { require: original } = prototype; prototype.require = function (id) { print('require', id); return original.call(this, id) }; f(); prototype.require = original
const load = Module._load; Module._load = function (request, parent, isMain) { return request === 'mocked' ? { mocked: true } : load(request, parent, isMain) }; print(require('mocked')); Module._load = load
print(Object.getOwnPropertyNames(Module).sort(), ['_compile', 'load', 'require'].map((n) => [prototype[n].name, prototype[n].length, 'prototype' in prototype[n], Object.getOwnPropertyDescriptor(prototype, n).enumerable]))
print(['_resolveFilename', 'register', 'registerHooks', '_load', 'findPackageJSON'].map((n) => Module[n] && [Module[n].name, Module[n].length, 'prototype' in Module[n]]))
