import type { ReadTrace, TraceSerializer } from '../contracts.js'
import { TracerError } from '../errors.js'
import { HEAD_BYTES } from '../file-head.js'
import type { Trace } from '../trace.js'
import { sampleTraces, type SampleTrace } from './sample-traces.js'
import { traceDifference } from './trace-difference.js'

/** One thing that a serializer has to do; for any test runner: `it(check.name, check.run)`. */
export interface SerializerCheck {
  /** A sentence. */
  readonly name: string
  /** @throws Error that says what was expected and what was found. */
  run(): Promise<void>
}

/**
 * What every {@link TraceSerializer} promises, as checks over {@link sampleTraces}. Those of reading are
 * there when it has `deserialize`; a format that says by `omits` that it leaves something out of a
 * sample need not give it back.
 */
export function serializerChecks(serializer: TraceSerializer): readonly SerializerCheck[] {
  const samples = sampleTraces()
  const each = (name: string, act: (sample: SampleTrace) => Promise<void>): SerializerCheck[] =>
    samples.map((sample) => ({ name: `${name}: ${sample.name}`, run: () => act(sample) }))
  const checks = [
    { name: 'has an id and endings for names of files', run: () => Promise.resolve(serializer).then(checkNames) },
    ...each('writes the same bytes each time', ({ trace }) => checkRepeats(serializer, trace)),
    { name: 'hands over pieces that stay as they were', run: () => checkPieces(serializer, samples) },
  ]
  if (!canRead(serializer)) return checks
  const read: Read = (pieces) => serializer.deserialize(pieces)
  return [
    ...checks,
    ...(serializer.detect === undefined
      ? []
      : each('knows its own file by its content', ({ trace }) => checkDetects(serializer, trace))),
    ...each('reads back what it wrote', ({ trace }) => checkRoundTrip(serializer, read, trace)),
    ...each('reads a file in pieces of any size', ({ trace }) => checkPieceSizes(serializer, read, trace)),
    ...each('reads a file that was cut, or says that it is no trace', ({ trace }) =>
      checkCuts(serializer, read, trace),
    ),
    { name: 'refuses what is no trace', run: () => checkRefusals(read) },
  ]
}

type Reader = TraceSerializer & Required<Pick<TraceSerializer, 'deserialize'>>

function canRead(serializer: TraceSerializer): serializer is Reader {
  return serializer.deserialize !== undefined
}

type Read = (pieces: Iterable<Uint8Array>) => Promise<ReadTrace>

function checkNames({ id, extensions }: TraceSerializer): void {
  expect(/^\S+$/.test(id), `id is ${JSON.stringify(id)}, expected a word`)
  expect(extensions.length > 0, 'extensions is empty, expected at least one')
  for (const extension of extensions) {
    expect(/^\.[^/\\]+$/.test(extension), `${JSON.stringify(extension)} is no ending of a file's name such as .json`)
  }
}

async function checkRepeats(serializer: TraceSerializer, trace: Trace): Promise<void> {
  const [first, second] = [await written(serializer, trace), await written(serializer, trace)]
  expect(sameBytes(first, second), `${first.length} bytes, then ${second.length} others`)
}

async function checkPieces(serializer: TraceSerializer, samples: readonly SampleTrace[]): Promise<void> {
  for (const { name, trace } of samples) {
    const pieces: Uint8Array[] = []
    const copies: Uint8Array[] = []
    for await (const piece of serializer.serialize(trace)) {
      expect(piece instanceof Uint8Array, `a piece is ${typeof piece}, expected a Uint8Array`)
      pieces.push(piece)
      copies.push(piece.slice())
    }
    expect(
      pieces.every((piece, i) => sameBytes(piece, copies[i])),
      `${name}: a piece was written into afterwards`,
    )
  }
}

async function checkDetects(serializer: TraceSerializer, trace: Trace): Promise<void> {
  const head = (await written(serializer, trace)).subarray(0, HEAD_BYTES)
  expect(serializer.detect?.(head) === true, `detect says no to its own file of ${head.length} bytes`)
  expect(serializer.detect?.(new Uint8Array(0)) !== true, 'detect says yes to an empty file')
}

async function checkRoundTrip(serializer: TraceSerializer, read: Read, trace: Trace): Promise<void> {
  const bytes = await written(serializer, trace)
  const { trace: back, warnings } = await read([bytes])
  if ((serializer.omits?.(trace) ?? []).length > 0) return
  expect(warnings.length === 0, `its own file gives the warning ${warnings.join(' ')}`)
  const difference = traceDifference(trace, back)
  expect(difference === undefined, difference ?? '')
  expect(sameBytes(await written(serializer, back), bytes), 'what was read is not written as the same bytes')
}

async function checkPieceSizes(serializer: TraceSerializer, read: Read, trace: Trace): Promise<void> {
  const bytes = await written(serializer, trace)
  const { trace: whole } = await read([bytes])
  for (const size of [1, 7, 4096]) {
    // A byte at a time is too slow for the longest sample and finds nothing more there.
    if (bytes.length / size > MOST_PIECES) continue
    const difference = traceDifference(whole, (await read(cut(bytes, size))).trace)
    expect(difference === undefined, `in pieces of ${size} bytes: ${difference ?? ''}`)
  }
}

async function checkCuts(serializer: TraceSerializer, read: Read, trace: Trace): Promise<void> {
  const bytes = await written(serializer, trace)
  for (let cuts = 1; cuts < CUTS; cuts++) {
    const length = Math.floor((bytes.length * cuts) / CUTS)
    try {
      await read([bytes.subarray(0, length)])
    } catch (error) {
      const isRefused = error instanceof TracerError && error.code === 'NOT_A_TRACE'
      expect(isRefused, `cut to ${length} of ${bytes.length} bytes it throws ${String(error)}`)
    }
  }
}

async function checkRefusals(read: Read): Promise<void> {
  for (const bytes of [new Uint8Array(0), new TextEncoder().encode('Not a trace.\n'), new Uint8Array(5000).fill(255)]) {
    const error = await read([bytes]).then(
      () => undefined,
      (cause: unknown) => cause,
    )
    const isRefused = error instanceof TracerError && error.code === 'NOT_A_TRACE'
    expect(isRefused, `${bytes.length} bytes that are no trace: expected NOT_A_TRACE, found ${String(error)}`)
  }
}

const MOST_PIECES = 20_000
const CUTS = 12

async function written(serializer: TraceSerializer, trace: Trace): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of serializer.serialize(trace)) pieces.push(piece)
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let length = 0
  for (const piece of pieces) {
    bytes.set(piece, length)
    length += piece.length
  }
  return bytes
}

function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function expect(holds: boolean, message: string): void {
  if (!holds) throw new Error(message)
}
