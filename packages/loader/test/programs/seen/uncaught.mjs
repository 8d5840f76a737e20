// traces: f, G.g
export const f = async (x) => { await null; return x }
export class G { async g(value) { const copy = await f(value); return copy.missing.property } static async g() { await new G().g() } }
process.on('exit', (code) => console.log(code, process.exitCode)); await G.g()
