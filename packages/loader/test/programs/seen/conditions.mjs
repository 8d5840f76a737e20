// traces: values
// args:
// args: --conditions=custom
import { values, missing } from './support/package/self.mjs'
console.log(JSON.stringify([values(), await missing(), import.meta.resolve('./support/package/self.mjs')]))
