// traces: new A, f
const log = []
const print = () => console.log(JSON.stringify(log.splice(0)))
const spy = (name, target = {}) => new Proxy(target, {
  get(t, key, r) { log.push(`${name}.${String(key)}`); return Reflect.get(t, key, r) }, set(t, key, v, r) { log.push(`${name}.${String(key)}=`); return Reflect.set(t, key, v, r) },
  has(t, key) { log.push(`${String(key)} in ${name}`); return Reflect.has(t, key) }, deleteProperty(t, key) { log.push(`delete ${name}.${String(key)}`); return Reflect.deleteProperty(t, key) },
  apply(t, self, args) { log.push(`${name}()`); return Reflect.apply(t, self, args) }, construct(t, args, n) { log.push(`new ${name}`); return Reflect.construct(t, args, n) },
  ownKeys(t) { log.push(`keys ${name}`); return Reflect.ownKeys(t) }, getOwnPropertyDescriptor(t, k) { log.push(`own ${name}.${String(k)}`); return Reflect.getOwnPropertyDescriptor(t, k) },
  getPrototypeOf(t) { log.push(`proto ${name}`); return Reflect.getPrototypeOf(t) }, defineProperty(t, k, d) { log.push(`define ${name}.${String(k)}`); return Reflect.defineProperty(t, k, d) },
  isExtensible(t) { log.push(`ext ${name}`); return Reflect.isExtensible(t) }, preventExtensions(t) { log.push(`prevent ${name}`); return Reflect.preventExtensions(t) },
})
const key = (name) => ({ toString() { log.push(`key ${name}`); return name } })
const value = (v) => { log.push(`value ${v}`); return v }
const p = spy('p', { a: 1, b: { c: () => value('c') }, f() { return this === p }, *[Symbol.iterator]() { yield 1 } })
p[key('a')]; p[key('a')] += value(2); p[key('n')] ??= value(3); p.b?.c?.(); p.f(); p?.['f'](); delete p[key('a')]; 'x' in p; p.a++; [...p]; print()
const { [key('b')]: { c = value('unused') }, missing = value('default'), ...rest } = p; print()
const [x = value('dx'), [y = value('dy')] = [value('inner')]] = spy('array', []); print()
function f(a = value('fa'), { b = value('fb'), [key('k')]: k } = spy('arg', {}), ...[c = value('fc')]) { return [a, b, c, k] } f(); f(1, spy('arg2', { b: 2 })); print()
;[p.x, p[key('y')]] = [value(1), value(2)]; ({ a: p.z = value('dz') } = spy('source')); for (p[key('loop')] of [1, 2]); for (p.k in spy('in', { q: 1 })); print()
class A extends spy('Base', class { constructor() { log.push('Base body') } }) { [(log.push('computed'), 'field')] = value('field'); static [(log.push('computed static'), 'st')] = value('static'); #priv = value('private'); ['m' + value('method')]() {} constructor(v = value('param')) { value('before'); super(); value('after') } get g() { return value('g') } set g(v) { value('set g') } static { value('block') } }
print(); const made = new A(); made.g; made.g = 1; made.g += 1; print()
class B extends null { static s = super.toString; } class C { a = value('a'); b = this.a + value('b'); static { this.x = spy('this', this).s } } new C(); print()
const tag = (strings, ...values) => strings.raw.length + values.length; tag`a${value(1)}b${p.tagged}`; `${key('template')}${value(2)}`; print()
const revoked = spy('fn', function target() { return value('target') }); revoked(1, ...spy('spread', [2])); new revoked(); revoked.call(null); print()
;(async () => { for await (const v of spy('async', [Promise.resolve(1)])) value(v); await spy('awaited'); const t = { get then() { log.push('then read'); return (r) => r(1) } }; await t; await (async () => t)(); async function* ag() { yield t; return t } for await (const v of ag()); print() })()
const gen = (function* (a = value('gen default')) { value('gen body'); const r = yield p.yielded; value(r) })(); print(); gen.next(); gen.next('sent'); print()
Symbol.iterator in spy('symbol'); typeof p.q; void p.r; p.s, p.t; p.u ? 1 : p.v; p.w && p.never; if (p.cond) value('then'); else value('else'); switch (p.sw) { case value('c1'): case undefined: value('matched') } label: { p.label; break label } do p.once; while (p.again); try { throw spy("thrown") } catch ({ length = value("caught") }) {} finally { p.fin } print()
