// traces: g, delegates, h
const print = (...values) => console.log(JSON.stringify(values))
const attempt = (f) => { try { return f() } catch (error) { return `${error.name ?? error}: ${error.message}` } }
const log = []
function* g(a = log.push('default')) { try { const x = yield a; log.push(['x', x]); yield* h() } catch (error) { log.push(['c', String(error)]); yield 'caught' } finally { log.push('f'); yield 'final' } return 'end' }
function* h() { try { yield 'h' } finally { log.push('hf') } }
function* delegates() { const r = yield* { [Symbol.iterator]() { return { next: (v) => ({ value: v, done: v === 'stop' }), return: (v) => (log.push(['return', v]), { value: 'r', done: true }), throw: (e) => (log.push(['throw', e]), { value: 't', done: true }) } } }; log.push(r); return r }
const run = (it, ...steps) => steps.map(([how, value]) => attempt(() => it[how](value)))
print(run(g(), ['next', 1], ['next', 2], ['next', 3], ['next', 4], ['next'], ['next']))
print(run(g(), ['next'], ['throw', 'e'], ['next'], ['next'], ['next']), run(g(), ['next'], ['return', 9], ['next'], ['return', 10], ['throw', 't']))
print(run(g(), ['throw', new TypeError('early')], ['next']), run(g(), ['return', 3], ['next']), run(g(), ['next'], ['next'], ['return', 4], ['next'], ['next']))
print(run(delegates(), ['next'], ['next', 2], ['next', 'stop']), run(delegates(), ['next'], ['return', 5], ['next']), run(delegates(), ['next'], ['throw', 6], ['next']))
print(log.splice(0))
const self = (function* () { yield attempt(() => self.next()) })(); print([...self])
print([...(function* () { for (const x of [1, 2, 3]) { if (x === 2) continue; yield x } })()], Array.from(g(1)).length, Object.fromEntries((function* () { yield ['a', 1] })()))
const [first, ...rest] = (function* () { try { yield 1; yield 2; yield 3 } finally { log.push('done') } })(); const [only] = (function* () { try { yield 1; yield 2 } finally { log.push('left') } })()
print(first, rest, only, log.splice(0))
outer: for (const a of g(0)) { for (const b of h()) { log.push([a, b]); if (log.length > 3) break outer; continue outer } } print(log.splice(0))
print(attempt(() => { for (const x of h()) throw new Error('in loop') }), log.splice(0), Object.prototype.toString.call(g()), g.prototype === Object.getPrototypeOf(g()), g.constructor.name, typeof g.prototype)
print([...(function* () { const r = yield yield yield 1; return r })()], [...(function* () { yield [yield, { a: yield }] })()].length, (function* () { yield arguments.length + this.n }).call({ n: 1 }, 2, 3).next())
function* nested() { const inner = function* () { yield* nested2() }; function* nested2() { yield 'n2' } return yield* inner() } print([...nested()], [...(function* () { try { return yield 1 } finally { yield 2 } })()])
print(attempt(() => { const it = (function* () { try { yield 1 } finally { throw new Error('from finally') } })(); it.next(); it.return(1) }), run((function* () { try { yield 1 } finally { return 'override' } })(), ['next'], ['throw', 'lost']))
;(async () => {
  async function* a() { try { const x = yield 1; log.push(['ax', x]); yield Promise.reject(new Error('yielded')) } catch (error) { log.push(error.message); yield 'c' } finally { log.push('af') } }
  const settle = async (p) => { try { return await p } catch (error) { return `${error.name ?? error}: ${error.message}` } }
  for (const steps of [[['next'], ['next', 5], ['next'], ['next']], [['next'], ['return', Promise.resolve(4)], ['next']], [['next'], ['throw', new Error('x')], ['next']], [['return', Promise.reject(new Error('r'))], ['next']]]) {
    const it = a(); const out = []; for (const [how, value] of steps) out.push(await settle(it[how](value))); print(out, log.splice(0))
  }
  async function* star() { const r = yield* a(); yield* [Promise.resolve('p'), 'q']; return r } const seen = []; for await (const x of star()) seen.push(x); print(seen, log.splice(0))
  const it = a(); print(await settle(a.prototype.next.call({})), it[Symbol.asyncIterator]() === it, a.constructor.name, await settle(Promise.all([it.next(), it.return('q')])))
})()
