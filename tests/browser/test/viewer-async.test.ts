import { TraceBuilder, type Trace } from '@tracer/core'
import { expect, test } from '../lib/viewer.js'

/** `serve` calls the async function `job`, which goes on at 20 ms and then calls the async function `query`. */
function asyncTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'app', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const run = (name: string, from: number, to: number, activation = 0, nth = 0): void => {
    const site = builder.addSite({ kind: 'function', name, file: '/app/a.js', line: 1, column: 1 })
    const slice = builder.addSlice(thread, site, from * 1e6, to * 1e6)
    if (activation > 0) builder.setActivation(thread, slice, activation, nth)
  }
  run('serve', 0, 10)
  run('job', 2, 4, 1, 0)
  run('job', 20, 30, 1, 1)
  run('query', 22, 24, 2, 0)
  run('query', 40, 45, 2, 1)
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0, originNs: 0 })
}

test('where no arrow leads on, the brackets go along the async tree', async ({ view }) => {
  const page = await view({ 'a.pftrace': asyncTrace() }, { hash: 'tab=selection&slice=0.4' })
  const panel = page.getByRole('region', { name: 'Selection' })
  const shown = async (): Promise<string> =>
    `${await panel.getByRole('heading', { level: 2 }).textContent()} ${await panel.getByText(/ns long$/).textContent()}`
  await page.getByRole('application', { name: 'Timeline' }).focus()
  await expect.poll(shown).toBe('query 40,000,000 ns, 5,000,000 ns long')
  for (const [key, expected] of [
    ['[', 'query 22,000,000 ns, 2,000,000 ns long'],
    ['[', 'job 20,000,000 ns, 10,000,000 ns long'],
    ['[', 'job 2,000,000 ns, 2,000,000 ns long'],
    ['[', 'serve 0 ns, 10,000,000 ns long'],
    [']', 'job 2,000,000 ns, 2,000,000 ns long'],
    [']', 'job 20,000,000 ns, 10,000,000 ns long'],
    [']', 'query 22,000,000 ns, 2,000,000 ns long'],
  ]) {
    await page.keyboard.press(key)
    await expect.poll(shown).toBe(expected)
  }
})
