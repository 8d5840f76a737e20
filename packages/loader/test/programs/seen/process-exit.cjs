// traces: leave, deep
function deep() { try { process.exit(5) } finally { console.log('never') } }
function leave() { process.on('exit', (code) => { console.log('exit', code); if (code === 5) process.exit(6) }); deep() }
const { reallyExit } = process; process.reallyExit = (code) => { console.log('really', code); reallyExit.call(process, code) }
leave()
