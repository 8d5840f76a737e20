// traces: awaits, chain, generated
const order = []
const note = (name) => order.push(name)
const thenable = (name, value) => ({ then(resolve) { note(`${name}.then`); resolve(value) } })
let ticks = 0, counting = true
;(function tick() { if (counting) Promise.resolve().then(() => { ticks++; if (ticks < 400) tick() }) })()

async function awaits(name) {
  note(`${name}0`); await null; note(`${name}1`); await Promise.resolve(); note(`${name}2`); await thenable(name, 1); note(`${name}3`)
  try { await Promise.reject(1) } catch { note(`${name}c`) } finally { note(`${name}f`); await 0; note(`${name}g`) }
  return Promise.resolve(name)
}
const arrow = async (name) => await awaits(name)
const passed = async (name) => awaits(name)
async function throws(name) { await null; throw name }
async function* generated(name) {
  try { note(`${name}a`); const x = yield 1; note(`${name}${x}`); yield Promise.resolve(2); yield* inner(name); return Promise.resolve(3) }
  finally { note(`${name}z`); await null; note(`${name}y`) }
}
async function* inner(name) { yield `${name}i`; await null; yield thenable(`${name}t`, 5) }
function* plain() { yield Promise.resolve(1); yield thenable('plain', 2); yield 3 }
async function loops(name) { for await (const v of generated(name)) note(`${name}=${v}`); for await (const v of plain()) note(`p=${v}`); for await (const v of [thenable('arr', 1), 2]) note(`a=${v}`) }
async function breaks(name) { for await (const v of generated(name)) { note(`${name}=${v}`); break } note(`${name} left`) }
async function drives() {
  const it = generated('d'); const all = [it.next('n0'), it.next('n1'), it.return('r'), it.next()]
  for (const r of await Promise.all(all)) note(JSON.stringify(r))
  const thrown = generated('e'); await thrown.next(); await thrown.throw(new Error('t')).catch((error) => note(error.message))
  const unstarted = generated('u'); note(JSON.stringify(await unstarted.return(thenable('u', 7))))
  const rejecting = generated('v'); await rejecting.next(); await rejecting.return(Promise.reject('rejected')).catch(note)
}
const chain = async () => { for (let i = 0; i < 30; i++) { await null; note(`.${i}`) } }
class Sub extends Promise { then(...args) { note('Sub.then'); return super.then(...args) } }
async function subs() { await Sub.resolve(1); note('sub'); return Sub.resolve(2) }
const all = [
  awaits('A'), arrow('B'), passed('C'), throws('D').catch(note), loops('G'), breaks('H'), drives(), chain(), subs().then(() => note('subs')),
  Promise.all([awaits('I'), 1, thenable('J', 2)]).then(() => note('all')), Promise.race([awaits('K'), awaits('L')]).then(() => note('race')),
  Promise.allSettled([throws('M'), awaits('N')]).then(() => note('settled')), Promise.any([throws('O'), awaits('P')]).then((v) => note(`any ${v}`)),
  new Promise((resolve) => resolve(awaits('Q'))).then(() => note('resolved')), Promise.resolve().finally(async () => { await awaits('R') }).then(() => note('finally')),
]
queueMicrotask(() => { note('micro'); process.nextTick(() => note('tick in micro')); queueMicrotask(async () => { note('micro2'); await null; note('micro3') }) })
process.nextTick(async () => { note('tick'); await null; note('tick2'); process.nextTick(() => note('tick3')); queueMicrotask(() => note('micro in tick')) })
setImmediate(async () => { note('immediate'); await null; note('immediate2') })
Promise.all(all).then(() => { counting = false; setImmediate(() => console.log(JSON.stringify({ ticks, order }))) })
note('end of the script')
