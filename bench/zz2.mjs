import { readSession } from '../packages/spool/dist/index.js'
import { json } from '../packages/serializer-json/dist/index.js'
let t = performance.now()
const c0 = process.cpuUsage()
const s = await readSession('/tmp/sess10m')
let n = performance.now(); console.log('read', n - t, process.cpuUsage(c0).user/1000); t = n
let b = 0
for (const p of json().serialize(s.trace)) b += p.length
n = performance.now(); console.log('json', n - t, b / 1e6, 'MB')
