import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { types } from 'node:util'
import { jsonArgs } from '../src/json-args.js'

class Point {
  readonly x = 1
  readonly #y = 2
  get y(): number {
    return this.#y
  }
}

const circle: Record<string, unknown> = { name: 'c' }
circle['self'] = circle
circle['list'] = [circle]

describe('jsonArgs', () => {
  it.each<[string, unknown, unknown]>([
    ['plain data', { a: 1, b: 'x', c: true, d: null, e: [1, [2]] }, { a: 1, b: 'x', c: true, d: null, e: [1, [2]] }],
    ['no property', {}, {}],
    ['no prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['undefined', { a: undefined }, { a: 'undefined' }],
    ['numbers JSON lacks', { a: NaN, b: -Infinity, c: -0 }, { a: 'NaN', b: '-Infinity', c: 0 }],
    ['bigints', { a: 7n, b: 10n ** 200n }, { a: '7n', b: '[bigint]' }],
    ['symbols', { a: Symbol('s'), [Symbol('key')]: 1 }, { a: 'Symbol(s)' }],
    ['functions', { f() {}, g: () => 1, h: Point }, { f: '[Function f]', g: '[Function g]', h: '[Function Point]' }],
    ['dates', { a: new Date(0), b: new Date(NaN) }, { a: '1970-01-01T00:00:00.000Z', b: 'Invalid Date' }],
    ['collections', { a: new Map([[1, 2]]), b: new Set() }, { a: 'Map(1)', b: 'Set(0)' }],
    [
      'bytes',
      { a: new Float64Array(3), b: Buffer.alloc(2), c: new DataView(new ArrayBuffer(5)) },
      { a: 'Float64Array(3)', b: 'Buffer(2)', c: 'DataView(5)' },
    ],
    ['errors', { a: new RangeError('too far') }, { a: 'RangeError: too far' }],
    [
      'objects without properties',
      { a: Promise.resolve(), b: /x/, c: new WeakMap() },
      { a: '[Promise]', b: '[RegExp]', c: '[WeakMap]' },
    ],
    ['own fields of a class', { a: new Point() }, { a: { x: 1 } }],
    [
      'false friends of built-ins',
      { a: Object.create(Map.prototype), b: Object.create(Date.prototype) },
      { a: 'Map(?)', b: 'Invalid Date' },
    ],
    ['holes of an array', { a: [1, , 3] }, { a: [1, null, 3] }], // eslint-disable-line no-sparse-arrays
    ['cycles', circle, { name: 'c', self: '[circular]', list: ['[circular]'] }],
    ['the same object twice', { a: circle['list'], b: circle['list'] }, undefined],
    ['depth', { a: { b: { c: { d: { e: 1 } } } } }, { a: { b: { c: { d: '[Object]' } } } }],
    ['depth of arrays', [[[[[1, 2]]]]], { value: [[[['Array(2)']]]] }],
    ['what is no object', 'text', { value: 'text' }],
    ['an object that is no record', new Map(), { value: 'Map(0)' }],
    ['__proto__ as a key', JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
    ['quotes and lone surrogates', { 'a"': '"\ud800\n' }, { 'a"': '"\ud800\n' }],
  ])('writes %s', (_, value, expected) => {
    const parsed: unknown = JSON.parse(jsonArgs(value))
    if (expected !== undefined) expect(parsed).toEqual(expected)
  })

  it('never runs the code of what it reads', () => {
    let ran = 0
    const run = (): never => {
      ran++
      throw new Error('ran')
    }
    const trap = Object.defineProperties(
      { toJSON: run, toString: run, valueOf: run, [Symbol.toPrimitive]: run },
      {
        getter: { enumerable: true, get: run },
        message: { get: run },
        name: { get: run },
        size: { get: run },
        length: { get: run },
        constructor: { get: run },
        [Symbol.toStringTag]: { get: run },
        [Symbol.iterator]: { get: run },
      },
    )
    const inherit = <Value extends object>(value: Value): Value => Object.setPrototypeOf(value, trap)
    const args = {
      trap,
      array: Object.defineProperty([1], 0, { enumerable: true, get: run }),
      map: Object.defineProperties(new Map(), { size: { get: run }, toJSON: { get: run } }),
      date: Object.assign(new Date(0), { toISOString: run, toJSON: run }),
      error: Object.defineProperties(new Error('x'), { stack: { get: run }, message: { get: run } }),
      class: Object.defineProperty(class {}, 'name', { get: run }),
      bytes: Object.defineProperty(new Uint8Array(1), 'length', { get: run }),
      instance: inherit({ own: 1 }),
      empty: inherit({}),
    }
    expect(JSON.parse(jsonArgs(args))).toMatchObject({
      trap: { toJSON: '[Function run]', getter: '[getter]' },
      array: ['[getter]'],
      map: 'Map(0)',
      date: '1970-01-01T00:00:00.000Z',
      error: 'Error: ',
      class: '[Function ]',
      bytes: 'Uint8Array(1)',
      instance: { own: 1 },
      empty: '[(anonymous)]',
    })
    expect(ran).toBe(0)
  })

  it('leaves proxies alone where the platform tells them', () => {
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('ran')
        },
      },
    )
    const isProxy = (value: object): boolean => types.isProxy(value)
    expect(jsonArgs({ proxy }, isProxy)).toBe('{"proxy":"[Proxy]"}')
    expect(jsonArgs(proxy, isProxy)).toBe('{"value":"[Proxy]"}')
    expect(jsonArgs({ proxy })).toBe('{"value":"[unreadable]"}')
  })

  it('says what it left out', () => {
    const list = Array.from({ length: 60 }, (_, i) => i)
    const object = Object.fromEntries(list.map((i) => [`k${i}`, i]))
    const parsed: unknown = JSON.parse(jsonArgs({ list, object, text: 'x'.repeat(2000) }))
    expect(parsed).toMatchObject({ object: { k49: 49, '…': '10 more' }, text: `${'x'.repeat(1000)}…` })
    expect(parsed).toHaveProperty('list.50', '… 10 more')
    expect(parsed).not.toHaveProperty('object.k50')
  })

  it('stays small, quick and valid whatever it is given', () => {
    const wide = Array.from({ length: 1000 }, () => 'y'.repeat(900))
    const tree = (depth: number): unknown => (depth === 0 ? wide : Array.from({ length: 50 }, () => tree(depth - 1)))
    const text = jsonArgs({ tree: tree(2) })
    expect(() => void JSON.parse(text)).not.toThrow()
    expect(text.length).toBeLessThan(20_000)
  })

  it('gives an object that reads back for any value', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }), (value) => {
        const parsed: unknown = JSON.parse(jsonArgs(value))
        expect(parsed).toBeTypeOf('object')
        expect(Array.isArray(parsed)).toBe(false)
      }),
    )
  })

  it('agrees with JSON.stringify on small plain data', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 }), (value) => {
        expect(jsonArgs(value)).toBe(JSON.stringify(value))
      }),
    )
  })
})
