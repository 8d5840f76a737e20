// traces: generated, Shape.area
import { runInNewContext } from 'node:vm'
const print = (...values) => console.log(JSON.stringify(values))

export default class Shape { area(w, h = w) { return w * h } static of = (...a) => new Shape(...a) }
export async function* generated(n) { for (let i = 0; i < n; i++) { yield await i } }
const f = async function named() { await using; }, using = 1

print(Shape.toString(), Shape.prototype.area.toString(), Shape.of.toString(), generated.toString(), f.toString(), f.name, Shape.name, generated.length)
print(new Shape().area(2), runInNewContext(`new (${Shape})().area(3, 4)`))
const values = []
for await (const value of generated(3)) values.push(value)
print(values)
runInNewContext(`(async () => { const out = []; for await (const v of (${generated})(2)) out.push(v); done(out) })()`, { done: (out) => print('vm', out) })
