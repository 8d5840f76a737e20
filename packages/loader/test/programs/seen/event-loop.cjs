// traces: spin, turn
// What a program can see of its event loop, and in which order things come.
const { performance, PerformanceObserver, createHistogram } = require('node:perf_hooks')
const { createHook } = require('node:async_hooks')
const print = (...values) => console.log(JSON.stringify(values))
const { nodeTiming } = performance
const { get } = Object.getOwnPropertyDescriptor(nodeTiming, 'idleTime')
let reads = 0
print(Object.keys(nodeTiming), get.name, get.length, Object.keys(performance.eventLoopUtilization()), typeof createHistogram)
for (const key of ['idleTime', 'uvMetricsInfo']) Object.defineProperty(nodeTiming, key, { configurable: true, get() { reads++; return 0 } })
const resources = []
createHook({ init: (id, type) => resources.push(type) }).enable()
const entries = []
new PerformanceObserver((list) => entries.push(...list.getEntries().map(({ name }) => name))).observe({ entryTypes: ['mark', 'measure'] })
const order = []
function spin(ms) { const end = performance.now() + ms; while (performance.now() < end); }
function turn(left) {
  order.push(`turn ${left}`)
  spin(3)
  process.nextTick(() => { spin(2); order.push('tick') })
  Promise.resolve().then(() => { spin(2); order.push('microtask') })
  setImmediate(() => { spin(2); order.push('immediate') })
  if (left > 0) setTimeout(turn, 10, left - 1)
  else setTimeout(() => print(order, resources, entries, reads, process.getActiveResourcesInfo(), process._getActiveHandles().length), 20)
}
// From a timer on, so that it is certain whether an immediate or the next timer comes first.
setTimeout(turn, 1, 3)
setInterval(() => {}, 1).unref()
