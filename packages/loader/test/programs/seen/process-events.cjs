// traces: onExit, first
const print = (...values) => console.log(JSON.stringify(values))
function first() { print('first') }
process.on('exit', function onExit(code) { print('exit 1', code, process.exitCode, this === process, process.listenerCount('exit')); process.exitCode = 4; process.on('exit', () => print('never')) })
process.prependListener('exit', first); process.on('exit', (...args) => print('exit 2', args, process.exitCode)); process.once('beforeExit', (code) => { print('beforeExit', code); setImmediate(() => print('again')) })
process.on('SIGTERM', function handler(...args) { print(args, process.listenerCount('SIGTERM')); process.off('SIGTERM', handler); print(process.listenerCount('SIGTERM'), process.eventNames().includes('SIGTERM')); done() })
print(process.listenerCount('SIGTERM'), process.listeners('SIGTERM').map((f) => f.name), process.eventNames().map(String).filter((n) => n.startsWith('SIG')))
process.emit('SIGHUP'); print(process.emit('SIGHUP'), process.emit('custom'), process.on('custom', () => {}) === process, process.emit('custom'))
const { emit } = process; const seen = []; process.emit = function (...args) { seen.push(args[0]); return emit.apply(this, args) }; const waiting = setInterval(() => {}, 1000); process.on('SIGINT', () => { clearInterval(waiting); print('SIGINT seen', seen.filter((name) => name === 'SIGINT')) }); process.kill(process.pid, 'SIGINT')
const interval = setInterval(() => {}, 1000); process.on('SIGINT', () => process.kill(process.pid, 'SIGTERM')); function done() { clearInterval(interval); process.removeAllListeners('SIGINT'); process.emit = emit; process.emitWarning('a warning', 'CustomWarning', 'C01'); setImmediate(after) }
process.on('warning', (warning) => print(warning.name, warning.code, warning.stack.split('\n')[1].includes(__filename)))
process.on('uncaughtException', (error, origin) => print('caught', error.message ?? error, origin)); process.setUncaughtExceptionCaptureCallback(null)
function after() {
setTimeout(() => { throw new Error('in timer') }, 300); Promise.reject(new Error('rejected')); process.nextTick(() => { throw 'a string' }); queueMicrotask(() => { throw null ?? new TypeError('micro') })
process.on('rejectionHandled', () => print('handled late')); process.once('unhandledRejection', (reason, promise) => { print(reason.message, promise instanceof Promise); const late = Promise.reject(1); process.once('unhandledRejection', (value) => { print(value); setImmediate(() => late.catch(() => {})) }) })
}
process.exitCode = 3
