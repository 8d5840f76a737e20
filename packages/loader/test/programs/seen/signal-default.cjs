// traces: wait, once
process.on('SIGTERM', wait); process.removeListener('SIGTERM', wait); process.once('SIGHUP', once); process.kill(process.pid, 'SIGHUP')
function wait() {} function once() { console.log('once', process.listenerCount('SIGHUP')); wait(); process.kill(process.pid, 'SIGHUP') }
setTimeout(() => console.log('never'), 5000)
