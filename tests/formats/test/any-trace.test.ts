import { gunzipSync } from 'node:zlib'
import type { Trace } from '@tracer/core'
import { cpuprofile } from '@tracer/serializer-cpuprofile'
import { gzip } from '@tracer/serializer-gzip'
import { json } from '@tracer/serializer-json'
import { pprof } from '@tracer/serializer-pprof'
import { protobuf } from '@tracer/serializer-protobuf'
import { speedscope } from '@tracer/serializer-speedscope'
import { firefox } from '@tracer/serializer-firefox'
import { collapsed } from '@tracer/serializer-collapsed'
import fc from 'fast-check'
import { Profile } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import { read, serializers, slices, write } from './support/formats.js'
import { generatedTraces } from './support/generated-traces.js'

const RUNS = { numRuns: 60 }

describe.each(serializers)('any trace as $id', (serializer) => {
  it('is written, the same each time, and recognized', async () => {
    await fc.assert(
      fc.asyncProperty(generatedTraces, async (trace) => {
        const bytes = await write(serializer, trace)
        expect(bytes.equals(await write(serializer, trace))).toBe(true)
        if (serializer.detect !== undefined) expect(serializer.detect(bytes.subarray(0, 4096))).toBe(true)
      }),
      RUNS,
    )
  })
})

describe.each([protobuf(), speedscope(), gzip(speedscope(), { level: 1 }), gzip(json(), { level: 1 })])(
  'any trace that was written as $id',
  (serializer) => {
    it('comes back with every slice of every thread, and is written the same again', async () => {
      await fc.assert(
        fc.asyncProperty(generatedTraces, async (trace) => {
          const bytes = await write(serializer, trace)
          const { trace: back, warnings } = await read(serializer, bytes)
          expect(warnings).toEqual([])
          expect(slices(back)).toEqual(slices(trace))
          expect((await write(serializer, back)).equals(bytes)).toBe(true)
        }),
        RUNS,
      )
    })
  },
)

describe('any trace that was written as cpuprofile', () => {
  it('comes back with every slice of its thread, and is written the same again', async () => {
    await fc.assert(
      fc.asyncProperty(generatedTraces, async (trace) => {
        const bytes = await write(cpuprofile(), trace)
        const { trace: back, warnings } = await read(cpuprofile(), bytes)
        expect(warnings).toEqual([])
        expect((await write(cpuprofile(), back)).equals(bytes)).toBe(true)
        const chosen = slices(trace).filter((line) => line.startsWith('0 '))
        if (chosen.length > 0) expect(slices(back)).toEqual(chosen)
      }),
      RUNS,
    )
  })
})

describe('the time of any trace', () => {
  const total = (trace: Trace): number =>
    trace.tracks.reduce(
      (sum, track) =>
        track.kind === 'thread'
          ? track.slices.durationNs.reduce((all, ns, i) => all + (track.slices.depth[i] === 0 ? ns : 0), sum)
          : sum,
      0,
    )

  it('is the sum of what pprof decodes', async () => {
    await fc.assert(
      fc.asyncProperty(generatedTraces, async (trace) => {
        const { sample } = Profile.decode(gunzipSync(await write(pprof(), trace)))
        expect(sample.reduce((sum, { value }) => sum + Number(value[1]), 0)).toBe(total(trace))
        expect(sample.reduce((sum, { value }) => sum + Number(value[0]), 0)).toBe(slices(trace).length)
      }),
      RUNS,
    )
  })

  it('is the sum of the weights of samples with a stack of the Firefox Profiler', async () => {
    await fc.assert(
      fc.asyncProperty(generatedTraces, async (trace) => {
        const { threads } = JSON.parse((await write(firefox(), trace)).toString())
        let sumNs = 0
        for (const { samples } of threads) {
          for (const [i, stack] of samples.stack.entries()) {
            if (stack !== null) sumNs += Math.round(samples.weight[i] * 1e6)
          }
        }
        expect(sumNs).toBe(total(trace))
      }),
      RUNS,
    )
  })

  it('is the sum of the counts of collapsed stacks, read back too', async () => {
    await fc.assert(
      fc.asyncProperty(generatedTraces, async (trace) => {
        const bytes = await write(collapsed(), trace)
        const { trace: back, warnings } = await read(collapsed(), bytes)
        expect(warnings).toEqual([])
        expect(total(back)).toBe(total(trace))
        const lines = bytes
          .toString()
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('# '))
        expect(lines.reduce((sum, line) => sum + Number(/ (\d+)$/.exec(line)?.[1]), 0)).toBe(total(trace))
      }),
      RUNS,
    )
  })
})
