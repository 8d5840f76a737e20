// traces: rejects
// args:
// args: --unhandled-rejections=strict
// args: --unhandled-rejections=warn
// args: --unhandled-rejections=none
// args: --unhandled-rejections=warn-with-error-code
async function rejects(value) { await null; throw value }
process.on('exit', (code) => console.log('exit', code)); process.on('uncaughtExceptionMonitor', (error, origin) => console.log(String(error), origin))
rejects(new Error('unhandled')); setTimeout(() => console.log('timer'), 20)
