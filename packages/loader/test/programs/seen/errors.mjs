// traces: make, asynchronous
const print = (...values) => console.log(JSON.stringify(values))
export function make() { return new Error('made') }
const top = (error, n = 3) => error.stack.split('\n').slice(0, n)
print(top(make()), top(await (async () => { await null; return make() })()))
class K { static #hidden() { return make() } static field = K.#hidden(); get g() { return make() } constructor() { this.e = make() } static { this.block = make() } async m() { await 1; return make() } }
print(top(K.field), top(new K().e), top(new K().g), top(K.block), top(await new K().m()))
export async function asynchronous(n) { await null; return n > 0 ? await asynchronous(n - 1) : make() }
print(top(await asynchronous(2), 6), top([3].map((x) => make())[0], 4), top(await import('data:text/javascript,export default new Error("data")').then((m) => m.default), 2))
await import('./support/throws.mjs').catch((error) => print(top(error, 2), error.message))
await import('./support/missing.mjs').catch((error) => print(error.code, error.message))
await import('./support/bad-syntax.mjs').catch((error) => print(error.name, error.message))
await import('./support/bad-link.mjs').catch((error) => print(error.name, error.message))
