// traces: context, steps
const hooks = require('node:async_hooks'), { EventEmitter } = require('node:events')
const print = (...values) => console.log(JSON.stringify(values))
print(hooks.executionAsyncId(), hooks.triggerAsyncId(), Object.getPrototypeOf(hooks.executionAsyncResource()) !== undefined)
const storage = new hooks.AsyncLocalStorage(), events = []
const base = new hooks.AsyncResource('Base').asyncId()
const relative = (id) => (id <= 1 ? id : id - base)
// What runs for a resource that was there before the program is not its own: the recorder's thread says when it is up.
const own = (id) => relative(id) > 0
const hook = hooks.createHook({ init: (id, type, trigger) => events.push(['init', relative(id), type, relative(trigger)]), before: (id) => own(id) && events.push(['before', relative(id)]), after: (id) => own(id) && events.push(['after', relative(id)]), destroy() {}, promiseResolve: (id) => events.push(['resolve', relative(id)]) }).enable()
async function context(n) { const a = [relative(hooks.executionAsyncId()), relative(hooks.triggerAsyncId()), storage.getStore()]; await null; a.push(relative(hooks.executionAsyncId()), storage.getStore()); if (n) a.push(await context(n - 1)); return a }
async function* steps() { yield storage.getStore(); await 0; yield relative(hooks.executionAsyncId()) }
storage.run('store', async () => {
  const out = [await context(2)]; for await (const value of steps()) out.push(value); await Promise.all([context(0), context(1)]); out.push(storage.exit(() => storage.getStore()), hooks.AsyncResource.bind(() => storage.getStore())())
  await new Promise((resolve) => process.nextTick(resolve)); await new Promise((resolve) => setImmediate(resolve)); hook.disable(); print(out); print(events)
})
const domain = require('node:domain').create(); domain.on('error', (error) => print('domain', error.message, error.domain === domain, error.domainThrown, error.stack.split('\n')[1])); domain.run(() => { setImmediate(function thrower() { context(0); throw new Error('in domain') }); print(process.domain === domain) })
const emitter = new EventEmitter({ captureRejections: true }); emitter.on('error', (error) => print('captured', error.message)); emitter.on('event', async function listener() { await null; throw new Error('async listener') }); emitter.emit('event')
const { performance: p, PerformanceObserver } = require('node:perf_hooks'); print(p.getEntries().length, p.timerify(function timed() { return 1 })(), PerformanceObserver.supportedEntryTypes.length > 3)
new FinalizationRegistry(() => {}).register({}, 1); require('node:diagnostics_channel').channel('seen').subscribe((m) => print(m)); require('node:diagnostics_channel').channel('seen').publish('message')
