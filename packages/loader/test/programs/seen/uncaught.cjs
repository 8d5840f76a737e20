// traces: f, g
// A comment that moves the line.
const f = (x) => { return x }; function g(value) { const copy = f(value); if (copy) throw new RangeError(`no ${copy}`) }
  const o = { m: () => g(f(1)) }; process.on('exit', (code) => console.log(code, process.exitCode)); setImmediate(() => o.m())
