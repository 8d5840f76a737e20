import { gunzipSync } from 'node:zlib'
import { TraceBuilder, type Trace } from '@tracer/core'
import { serializerChecks } from '@tracer/core/testing'
import { Profile } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import * as index from '../src/index.js'

const { pprof } = index

type Slice = [name: string, startNs: number, endNs: number]

describe('pprof()', () => {
  it.each(serializerChecks(pprof()))('$name', ({ run }) => run())

  it('is all that the package exports', () => {
    expect(Object.keys(index)).toEqual(['pprof'])
    expect(pprof()).toMatchObject({ id: 'pprof', extensions: ['.pb.gz', '.pprof'] })
  })

  it.each<[object, string]>([
    [{ row: true }, 'pprof() has no option "row". It has: raw.'],
    [{ raw: 'no' }, 'pprof() option "raw" is no. Give true or false.'],
  ])('refuses %j', (options, message) => {
    expect(() => pprof(options)).toThrow(message)
  })
})

describe('a profile that was written', () => {
  it('has the calls and the self time of each path, by thread and process', async () => {
    const profile = await decoded(
      traceOf({
        main: [
          ['main', 0, 100],
          ['a', 10, 20],
          ['a', 20, 30],
          ['b', 40, 90],
        ],
        '': [['w', 0, 5_000_000_000_000]],
      }),
    )
    expect(stacks(profile)).toEqual(
      [
        'b < main | 1 calls 50 ns | thread main process node tid 7 pid 7',
        'a < main | 2 calls 20 ns | thread main process node tid 7 pid 7',
        'main | 1 calls 30 ns | thread main process node tid 7 pid 7',
        'w | 1 calls 5000000000000 ns | thread thread 8 process node tid 8 pid 7',
      ].sort(),
    )
  })

  it('has the positions of functions, and says when it was made', async () => {
    const profile = await decoded(traceOf({ main: [['main', 0, 100]] }))
    const { strings } = profile.stringTable
    const [fn] = profile.function
    expect([strings[Number(fn.name)], strings[Number(fn.filename)], Number(fn.startLine)]).toEqual([
      'main',
      '/srv/a.js',
      3,
    ])
    expect(profile.location[0].line[0]).toMatchObject({ line: 3, column: 5 })
    expect(BigInt(profile.timeNanos)).toBe(1_700_000_000_123_000_000n)
    expect(Number(profile.durationNanos)).toBe(100)
    expect(strings[0]).toBe('')
    expect(strings[Number(profile.defaultSampleType)]).toBe('wall')
  })

  it.each(['', 'a;b\nc', '__proto__', 'é 日本 😀', 'x'.repeat(1_000_000)])(
    'keeps names of any sort (%#)',
    async (name) => {
      const profile = await decoded(traceOf({ main: [[name, 0, 5]] }))
      expect(profile.stringTable.strings[Number(profile.function[0].name)]).toBe(name === '' ? '(anonymous)' : name)
    },
  )

  it('takes 2,000 levels in small pieces', async () => {
    const slices = Array.from({ length: 2000 }, (_, i): Slice => [`f${i}`, i, 10_000 - i])
    const profile = await decoded(traceOf({ main: slices }))
    expect(profile.sample).toHaveLength(2000)
    expect(profile.stringTable.strings.filter((text) => text === '')).toHaveLength(1)
    expect(profile.sample.at(-1)?.locationId).toHaveLength(2000)
    expect(profile.sample.reduce((sum, { value }) => sum + Number(value[1]), 0)).toBe(10_000)
  })

  it('has what the probes cost only when asked for', async () => {
    const trace = traceOf({
      main: [
        ['main', 0, 1000],
        ['a', 0, 500],
      ],
    })
    const costly = { ...trace, metadata: { ...trace.metadata, overheadNs: 100, overheadInsideNs: 40 } }
    expect(stacks(await decoded(costly))[1]).toContain('main | 1 calls 400 ns')
    expect(stacks(await decoded(costly, { raw: true }))[1]).toContain('main | 1 calls 500 ns')
  })
})

async function decoded(trace: Trace, options?: index.PprofOptions): Promise<Profile> {
  const pieces: Uint8Array[] = []
  for await (const piece of pprof(options).serialize(trace)) pieces.push(piece)
  return Profile.decode(gunzipSync(Buffer.concat(pieces)))
}

function stacks({ sample, location, function: functions, stringTable: { strings } }: Profile): string[] {
  const nameOf = (id: unknown): string => {
    const at = location.find((one) => Number(one.id) === Number(id))
    const fn = functions.find((one) => Number(one.id) === Number(at?.line[0].functionId))
    return strings[Number(fn?.name)]
  }
  return sample
    .map(({ locationId, value, label }) => {
      const labels = label.map(({ key, str, num }) => `${strings[Number(key)]} ${strings[Number(str)] || Number(num)}`)
      const path = locationId.map(nameOf).join(' < ')
      return `${path} | ${Number(value[0])} calls ${Number(value[1])} ns | ${labels.join(' ')}`
    })
    .sort()
}

function traceOf(threads: Readonly<Record<string, readonly Slice[]>>): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: [] })
  for (const [tid, [name, slices]] of Object.entries(threads).entries()) {
    const thread = builder.addThread({ process, tid: 7 + tid, name })
    for (const [slice, startNs, endNs] of slices) {
      const site = builder.addSite({ kind: 'function', name: slice, file: '/srv/a.js', line: 3, column: 5 })
      builder.addSlice(thread, site, startNs, endNs)
    }
  }
  return builder.build({ producer: 'test', clock: '', originNs: 0, originEpochMs: 1_700_000_000_123 })
}
