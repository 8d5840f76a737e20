// Loads the server at a port with requests. Prints what the server had used before and after the first ones, and
// those that it answers once it is warm.
import { Agent, request } from 'node:http'

/** Until it answers at all. */
const WARM_UP = 3000
const FIRST = 20_000
const WARM = 40_000
const CONNECTIONS = 16

const port = Number(process.argv[2])
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

await load(WARM_UP)
const first = await measure(FIRST)
const warm = await measure(WARM)
await ask('GET', '/stop')
agent.destroy()
console.log(JSON.stringify({ first, warm }))

/** @param {number} requests */
async function measure(requests) {
  const before = JSON.parse(await ask('GET', '/usage'))
  await load(requests)
  return { requests, before, after: JSON.parse(await ask('GET', '/usage')) }
}

/** @param {number} requests */
async function load(requests) {
  let sent = 0
  const connection = async () => {
    while (sent < requests) await next(sent++)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
}

/** @param {number} number */
function next(number) {
  const id = number % 500
  if (number % 10 === 0) return ask('GET', `/items?page=${number % 25}`)
  if (number % 10 === 1) return ask('POST', `/items/${id}/tags`, JSON.stringify({ tag: `tag-${number}` }))
  return ask('GET', `/items/${id}`)
}

/**
 * @param {string} method
 * @param {string} path
 * @param {string} [body]
 * @returns {Promise<string>}
 */
function ask(method, path, body) {
  return new Promise((resolve, reject) => {
    const asked = request({ agent, port, method, path, host: '127.0.0.1' }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece) => (text += piece))
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text)
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`))
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
