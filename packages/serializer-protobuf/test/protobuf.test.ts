import { TracerError } from '@tracer/core'
import { serializerChecks } from '@tracer/core/testing'
import { describe, expect, it } from 'vitest'
import * as index from '../src/index.js'
import { encode } from './support/perfetto.js'
import { slicesOf, traceOf, fn, write } from './support/traces.js'

const { protobuf } = index

describe('protobuf()', () => {
  it.each(serializerChecks(protobuf()))('$name', ({ run }) => run())

  it('is all that the package exports, but for what combining files needs', () => {
    expect(Object.keys(index).sort()).toEqual(['FlowStarts', 'protobuf', 'rewriteTraces', 'scanTrace'])
  })

  it('is a serializer for .pftrace and .perfetto-trace', () => {
    expect(protobuf()).toMatchObject({ id: 'protobuf', extensions: ['.pftrace', '.perfetto-trace'] })
  })

  it('names the option that it does not have', () => {
    const options: object = { arguments: false }
    expect(() => protobuf(options)).toThrow(
      new TracerError('INVALID_OPTION', 'protobuf() has no option "arguments". It has: args.'),
    )
  })

  it('names the option whose value it cannot take', () => {
    const options: object = { args: 'no' }
    expect(() => protobuf(options)).toThrow('protobuf() option "args" is no. Give true or false.')
  })

  it('says what it leaves out, which is nothing but what it was asked to', () => {
    const trace = traceOf((builder, thread) => {
      builder.setArgs(thread, builder.addSlice(thread, builder.addSite(fn('a')), 0, 1), '{"n":1}')
      builder.addInstant(thread, builder.addSite(fn('b')), 1, '{"n":2}')
    })
    expect(protobuf().omits?.(trace)).toEqual([])
    expect(protobuf({ args: false }).omits?.(trace)).toEqual(['arguments of 2 slices and instants'])
    expect(protobuf({ args: false }).omits?.(slicesOf(['a', 0, 1]))).toEqual([])
  })

  const own = write(slicesOf(['a', 0, 1]))
  it.each<[string, Uint8Array, boolean]>([
    ['a file of its own', own, true],
    ['the first bytes of one', own.subarray(0, 40), true],
    ['two bytes of a long packet', Uint8Array.of(0x0a, 0xff, 0x7f, 0x0a, 0x10), true],
    ['a file of another producer', encode({ timestamp: 1, trackEvent: { type: 1 } }), true],
    ['a packet of nothing', Uint8Array.of(0x0a, 0), true],
    ['nothing', Uint8Array.of(), false],
    ['a first byte', Uint8Array.of(0x0a), false],
    ['JSON behind an empty line', Buffer.from('\n[{"name":"a","ph":"X"}]'), false],
    ['JSON', Buffer.from('[{"name":"a","ph":"X"}]'), false],
    ['text', Buffer.from('\nhello\nworld\n'), false],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), false],
    ['a pprof profile', Uint8Array.of(0x0a, 0x04, 0x08, 0x01, 0x10, 0x02, 0x12, 0x00), false],
    ['a field without a number', Uint8Array.of(0x0a, 2, 0, 0), false],
  ])('detects %s', (_, head, expected) => {
    expect(protobuf().detect?.(head)).toBe(expected)
  })
})
