// traces: load
// args: --experimental-wasm-modules --no-warnings
import data from './support/data.json' with { type: 'json' }
import { add } from './support/add.wasm'
const print = (...values) => console.log(JSON.stringify(values))
async function load(specifier, options) { try { return Object.keys(await import(specifier, options)) } catch (error) { return [error.code, error.message] } }
print(data, add(2, 3), await load('./support/data.json'), await load('./support/data.json', { with: { type: 'json' } }), await load('./support/add.wasm'))
print(await load('./support/meta.mjs', { with: {} }), await load('./support/meta.mjs', { with: { type: 'json' } }), await load('./support/data.json', { with: { type: 'css' } }), await load('./support/data.json', { with: { unknown: 'x' } }))
const options = new Proxy({ with: { type: 'json' } }, { get(t, k) { console.log('read', k); return t[k] } }); print(await load('./support/data.json', options), await load({ toString() { console.log('specifier'); return './support/meta.mjs' } }))
print(await load('data:application/json,{"a":1}', { with: { type: 'json' } }), await load('data:text/javascript,export const a = () => 1'), await load('node:path').then((k) => k.length > 5), await load('nope:x'), await load('./support'))
