// traces: rejects
// args: --trace-warnings
process.on('unhandledRejection', (reason) => console.log(typeof reason, String(reason)))
async function rejects(value) { throw value } rejects(undefined); rejects('text'); rejects({ a: 1 }).catch(() => rejects(Symbol('s')))
Promise.allSettled([rejects(1), rejects(2)]); const handled = rejects(3); handled.catch(() => {}); handled.finally(() => {}).catch(() => {})
