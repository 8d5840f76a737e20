// traces: f
// args: --no-warnings
// until: 20
import data from './support/data.json' assert { type: 'json' }
const f = () => data
console.log(JSON.stringify([f(), await import('./support/data.json', { assert: { type: 'json' } }).then(Object.keys)]))
