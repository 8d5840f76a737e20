// traces: read
import { own, keys } from './support/meta.mjs'
const print = (...values) => console.log(JSON.stringify(values))
function read() { return [import.meta.url, import.meta.filename, import.meta.dirname, import.meta.resolve('./support/meta.mjs'), import.meta.resolve('node:fs'), Object.keys(import.meta), Object.getPrototypeOf(import.meta), import.meta.main] }
print(read(), own(), keys)
try { import.meta.resolve('no-such-package') } catch (error) { print(error.code, error.message) }
import.meta.extra = 1; print(import.meta.extra, (() => import.meta.extra)(), typeof require, typeof module, typeof __filename, this === undefined, import.meta === import.meta)
const query = await import('./support/meta.mjs?query#hash'); print(query.own(), Reflect.ownKeys(query).map(String), Object.prototype.toString.call(query), Object.isSealed(query))
print(await import('./support/meta.mjs') === await import('./support/meta.mjs'), query === await import('./support/meta.mjs'), process.argv.length, process.argv[1] === import.meta.filename)
