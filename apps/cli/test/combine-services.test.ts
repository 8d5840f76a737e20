import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from './temp-folder.js'
import { tracer, type Finished } from './tracer-process.js'

const SERVER = `
  import http from 'node:http'
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
  async function answer(request, response) {
    await sleep(Number(request.url.slice('/wait/'.length)) || 0)
    response.end('ok')
    if (request.url === '/end') server.close()
  }
  const server = http.createServer(answer)
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

const CLIENT = `
  import http from 'node:http'
  const url = 'http://127.0.0.1:' + process.argv[2]
  const viaHttp = (path) => new Promise((done, failed) => {
    http.get(url + path, { agent: false }, (response) => response.resume().on('end', done)).on('error', failed)
  })
  const viaFetch = async (path) => (await fetch(url + path, { headers: { connection: 'close' } })).text()
  for (let i = 0; i < 5; i++) {
    await viaHttp('/wait/' + i)
    await Promise.all([viaFetch('/wait/3'), viaHttp('/wait/5'), viaFetch('/wait/1')])
  }
  await viaHttp('/end')
`

/** A request as one of the two has recorded it, in microseconds. */
interface RecordedRequest {
  readonly track: string
  readonly spanId: string
  readonly parentId: string | undefined
  readonly startUs: number
  readonly endUs: number
}

interface FileEvent {
  readonly ph: string
  readonly ts: number
  readonly track?: string
  readonly id2?: { readonly local: string }
  readonly args?: { readonly spanId?: string; readonly parentId?: string }
}

function requestsIn(file: string): RecordedRequest[] {
  const events = JSON.parse(readFileSync(file, 'utf8')) as FileEvent[]
  const ends = new Map(events.filter(({ ph }) => ph === 'e').map(({ id2, ts }) => [id2?.local, ts]))
  return events.flatMap(({ ph, ts, track = '', id2, args }) => {
    if (ph !== 'b' || args?.spanId === undefined) return []
    const { spanId, parentId } = args
    return [{ track, spanId, parentId, startUs: ts, endUs: ends.get(id2?.local) ?? NaN }]
  })
}

describe('tracer combine, for services that ask each other', () => {
  it('puts each response behind its request though the machines’ clocks are ten minutes apart', async () => {
    const cwd = tempFolder({ 'server.mjs': SERVER, 'client.mjs': CLIENT })
    let client: Promise<Finished> | undefined
    const server = await tracer(['--propagate', '-o', 'server.json', 'server.mjs'], {
      cwd,
      onStdout: (_, port) => {
        client ??= tracer(['--propagate', '-o', 'client.json', 'client.mjs', port.trim()], { cwd })
      },
    })
    expect([server.exitCode, (await client)?.exitCode]).toEqual([0, 0])
    // As if it came from another machine: what this one knows of time stands at the beginning of the file.
    const text = readFileSync(join(cwd, 'server.json'), 'utf8')
    const moved = text
      .replace(/"originEpochMs":([\d.]+)/, (_, ms) => `"originEpochMs":${Number(ms) + 600_000}`)
      .replace(/"originNs":(\d+)/, '"originNs":77000000000')
      .replace(/"bootId":"[^"]+"/, '"bootId":"another machine"')
    writeFileSync(join(cwd, 'server.json'), moved)

    const { stderr } = await tracer(['combine', 'client.json', 'server.json', '-o', 'all.json'], { cwd })
    expect(stderr).toMatch(/server: by 21 requests, ±[\d.]+ (ns|µs|ms); its wall clock is 10 min 0 s ahead/)
    const requests = requestsIn(join(cwd, 'all.json'))
    const sent = new Map(
      requests.filter(({ track }) => track === 'outgoing requests').map((each) => [each.spanId, each]),
    )
    const answered = requests.filter(({ track }) => track === 'incoming requests')
    expect([sent.size, answered.length]).toEqual([21, 21])
    let lateUs = 0
    for (const { parentId = '', startUs, endUs } of answered) {
      const request = sent.get(parentId)
      expect(request?.startUs).toBeLessThanOrEqual(startUs)
      expect(request?.endUs).toBeGreaterThan(startUs)
      // Node.js tells a server that an answer is sent some time after: the client may have read it by then.
      lateUs = Math.max(lateUs, endUs - (request?.endUs ?? NaN))
    }
    expect(lateUs).toBeLessThan(200_000)
  })
})
