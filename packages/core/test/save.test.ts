import { describe, expect, it, vi } from 'vitest'
import { Tracer, TracerError, type Trace, type TraceSerializer, type TraceSink } from '../src/index.js'

const THREE_PIECES: TraceSerializer = {
  id: 'three',
  extensions: [],
  *serialize() {
    yield Uint8Array.of(1)
    yield Uint8Array.of(2, 3)
    yield Uint8Array.of(4)
  },
}

describe('save', () => {
  it('writes the pieces in order, waits for each, and closes', async () => {
    const log: string[] = []
    const sink: TraceSink = {
      async write(bytes) {
        log.push(`begin ${bytes.join()}`)
        await Promise.resolve()
        log.push('end')
      },
      close: () => void log.push('close'),
      abort: () => void log.push('abort'),
    }
    await recorded().save(sink, THREE_PIECES)
    expect(log.join(', ')).toBe('begin 1, end, begin 2,3, end, begin 4, end, close')
  })

  it('needs no more of a sink than write', async () => {
    const written: number[] = []
    await recorded().save({ write: (bytes) => void written.push(...bytes) }, THREE_PIECES)
    expect(written).toEqual([1, 2, 3, 4])
  })

  it('takes serializers that are asynchronous', async () => {
    const written: number[] = []
    const serializer: TraceSerializer = {
      ...THREE_PIECES,
      async *serialize() {
        await Promise.resolve()
        yield Uint8Array.of(9)
      },
    }
    await recorded().save({ write: (bytes) => void written.push(...bytes) }, serializer)
    expect(written).toEqual([9])
  })

  it('saves the moment of the call, though events follow', async () => {
    const tracer = recorded()
    let saved: Trace | undefined
    const serializer: TraceSerializer = {
      ...THREE_PIECES,
      async *serialize(trace) {
        saved = trace
        await Promise.resolve()
        yield Uint8Array.of(1)
      },
    }
    const saving = tracer.save({ write: () => undefined }, serializer)
    tracer.instant('later')
    await saving
    expect(saved?.sites.map((site) => site.name)).toEqual(['i'])
  })

  it.each<[string, Partial<TraceSink>]>([
    ['write', { write: () => Promise.reject(new Error('disk full')) }],
    [
      'write',
      {
        write: () => {
          throw new Error('disk full')
        },
      },
    ],
    ['close', { close: () => Promise.reject(new Error('disk full')) }],
  ])('reports a sink that fails to %s, with its error as the cause', async (operation, part) => {
    const saving = recorded().save({ write: () => undefined, ...part }, THREE_PIECES)
    await expect(saving).rejects.toThrow(TracerError)
    await expect(saving).rejects.toMatchObject({
      code: 'SINK_FAILED',
      message: `save: the sink failed to ${operation} (disk full). The recording is intact: save it again to a sink that works.`,
      cause: new Error('disk full'),
    })
  })

  it('aborts a sink that failed instead of closing it', async () => {
    const cause = new Error('disk full')
    const sink = { write: vi.fn().mockRejectedValue(cause), close: vi.fn(), abort: vi.fn() }
    await expect(recorded().save(sink, THREE_PIECES)).rejects.toThrow('disk full')
    expect(sink.write).toHaveBeenCalledTimes(1)
    expect(sink.close).not.toHaveBeenCalled()
    expect(sink.abort).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'SINK_FAILED', cause }))
  })

  it('closes a sink that failed and cannot be aborted, and reports the first failure', async () => {
    const sink = {
      write: vi.fn().mockRejectedValue(new Error('first')),
      close: vi.fn().mockRejectedValue(new Error('second')),
    }
    await expect(recorded().save(sink, THREE_PIECES)).rejects.toThrow('first')
    expect(sink.close).toHaveBeenCalledTimes(1)
  })

  it('passes on what the serializer throws, and aborts the sink', async () => {
    const error = new Error('cannot write that')
    const sink = { write: vi.fn(), close: vi.fn(), abort: vi.fn() }
    const serializer: TraceSerializer = {
      ...THREE_PIECES,
      // eslint-disable-next-line require-yield
      *serialize() {
        throw error
      },
    }
    await expect(recorded().save(sink, serializer)).rejects.toBe(error)
    expect(sink.abort).toHaveBeenCalledExactlyOnceWith(error)
    expect(sink.close).not.toHaveBeenCalled()
  })
})

function recorded(): Tracer {
  const tracer = new Tracer({ capacity: 10 })
  tracer.start()
  tracer.instant('i')
  return tracer
}
