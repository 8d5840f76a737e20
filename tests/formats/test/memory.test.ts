import { TraceBuilder, type Trace, type TraceSerializer } from '@tracer/core'
import { collapsed } from '@tracer/serializer-collapsed'
import { cpuprofile } from '@tracer/serializer-cpuprofile'
import { gzip } from '@tracer/serializer-gzip'
import { html } from '@tracer/serializer-html'
import { json } from '@tracer/serializer-json'
import { protobuf } from '@tracer/serializer-protobuf'
import { speedscope } from '@tracer/serializer-speedscope'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { write } from './support/formats.js'

const CHILD = fileURLToPath(new URL('support/memory-child.mjs', import.meta.url))
const MB = 2 ** 20

/** How many times as large as the input what is read from it may be. */
const TIMES = 10
/** What a reader takes for itself, and what V8 has not yet cleared away. */
const SPARE_BYTES = 64 * MB

const plain = [protobuf(), json(), speedscope(), cpuprofile(), collapsed()]

describe.each([...plain, html(), gzip(json())])('reading damaged files of $id', (serializer) => {
  it('takes no more than ten times their size in memory', { timeout: 300_000 }, async () => {
    const whole = await write(serializer, bigTrace())
    const random = numbers(20_261_122)
    const files = inFolder([whole, ...Array.from({ length: 10 }, () => damaged(whole, random))])
    expectBounded(serializer, files, unpackedSize(serializer, whole))
  })
})

function expectBounded(serializer: TraceSerializer, files: readonly string[], inputBytes: number): void {
  const mostBytes = TIMES * inputBytes + SPARE_BYTES
  const flags = [`--max-old-space-size=${Math.ceil(mostBytes / MB)}`, '--max-semi-space-size=4']
  const child = spawnSync(process.execPath, [...flags, CHILD, serializer.id, ...files], { encoding: 'utf8' })
  expect(child.stderr).toBe('')
  const result: { read: number; refused: number; mostBytes: number } = JSON.parse(child.stdout)
  expect(result.read + result.refused).toBe(files.length)
  expect(result.mostBytes).toBeLessThan(mostBytes)
}

/** 150,000 calls of 200 functions on two threads, some inside others. */
function bigTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: ['node', 'app.js'] })
  const sites = Array.from({ length: 200 }, (_, index) =>
    builder.addSite({
      kind: 'function',
      name: `work${index}`,
      file: `/srv/app/${index % 20}.js`,
      line: index,
      column: 1,
    }),
  )
  for (const tid of [7, 8]) {
    const thread = builder.addThread({ process, tid, name: `thread ${tid}` })
    for (let call = 0; call < 25_000; call += 1) {
      const startNs = call * 10_000
      for (let depth = 0; depth < 3; depth += 1) {
        const site = sites[(call * 7 + depth * 31) % sites.length] ?? 0
        builder.addSlice(thread, site, startNs + depth * 1000, startNs + 9000 - depth * 1000)
      }
    }
  }
  return builder.build({ producer: 'test', clock: 'portable', originEpochMs: 0 })
}

/** Numbers that mean something to one format or another, and may be taken for lengths, indexes or depths. */
const HOSTILE = [
  '4294967295',
  '1e9',
  '-1',
  '999999999',
  '"a":[',
  '{',
  '[',
  ']',
  ';',
  '\n',
  '\xff\xff\xff\xff\x0f',
  '\0',
]

/** Some places overwritten, some put in or left out, and cut or not. */
function damaged(whole: Buffer, random: () => number): Buffer {
  const pieces: Buffer[] = []
  let from = 0
  const places = Array.from({ length: 30 }, () => Math.floor(random() * whole.length)).sort((a, b) => a - b)
  for (const place of places) {
    if (place < from) continue
    pieces.push(
      whole.subarray(from, place),
      Buffer.from(HOSTILE[Math.floor(random() * HOSTILE.length)] ?? '', 'latin1'),
    )
    from = place + Math.floor(random() * 8)
  }
  pieces.push(whole.subarray(from, random() < 0.5 ? whole.length : Math.floor(whole.length * random())))
  return Buffer.concat(pieces)
}

/** Ten times a packed file would be less than the file unpacked. */
function unpackedSize(serializer: TraceSerializer, whole: Buffer): number {
  return plain.includes(serializer) ? whole.length : PACKED_TIMES * whole.length
}

const PACKED_TIMES = 30

/** The same numbers from 0 to 1 every time. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function inFolder(contents: readonly Buffer[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-memory-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return contents.map((content, index) => {
    const file = join(folder, `${index}`)
    writeFileSync(file, content)
    return file
  })
}
