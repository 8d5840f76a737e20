// A process of its own: three visitors, who send thirty requests to the address they are given.
const VISITORS = 3
const ROUNDS = 6

const address = process.argv[2]
if (address === undefined) throw new Error('Which address?')

const calls = inventCalls()
const statuses = new Map<number, number>()
await Promise.all(Array.from({ length: VISITORS }, () => visit(calls)))
console.log([...statuses].map(([status, count]) => `${count} times ${status}`).join(', '))

async function visit(calls: Iterable<readonly [method: string, path: string]>): Promise<void> {
  for (const [method, path] of calls) {
    const answer = await fetch(`${address}${path}`, { method })
    await answer.text()
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
  }
}

/** Mostly orders and forecasts; two statements, one of a month without orders; somebody logs in. */
function* inventCalls(): Generator<readonly [method: string, path: string], void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    yield ['GET', '/orders/17']
    yield ['GET', '/forecasts/Adler']
    yield ['GET', '/forecasts/Brandt']
    yield ['GET', '/orders/23']
    if (round === 1) yield ['GET', '/statements/5']
    if (round === 2) yield ['POST', '/sessions/Ada']
    if (round === 3) yield ['GET', '/statements/12']
    yield ['GET', '/forecasts/Castro']
    if (round < 3) yield ['GET', '/orders/9999']
  }
}
