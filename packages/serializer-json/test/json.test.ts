import { TracerError } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import * as index from '../src/index.js'

const { json } = index
const head = (text: string) => new TextEncoder().encode(text)

describe('json()', () => {
  it('is all that the package exports', () => {
    expect(Object.keys(index)).toEqual(['json'])
  })

  it('is a serializer for .json', () => {
    expect(json()).toMatchObject({ id: 'json', extensions: ['.json'] })
  })

  it('names the option that it does not have', () => {
    const options: object = { arguments: false }
    expect(() => json(options)).toThrow(
      new TracerError('INVALID_OPTION', 'json() has no option "arguments". It has: args, flavor.'),
    )
  })

  it('names the option whose value it cannot take', () => {
    const options: object = { args: 'no' }
    expect(() => json(options)).toThrow('json() option "args" is no. Give true or false.')
  })

  it('names the flavors that it has', () => {
    const options: object = { flavor: 'firefox' }
    expect(() => json(options)).toThrow('json() option "flavor" is firefox. Give perfetto, speedscope, chrome.')
  })

  it.each([
    ['[{"name":"a","ph":"X","ts":0}', true],
    ['\ufeff\n[\n{"pid":1,"ph" : "M"}', true],
    ['[]', true],
    ['[', true],
    ['[{},{"ph":"X"', true],
    ['{"traceEvents":[', true],
    ['{"displayTimeUnit":"ns","stackFrames":{', true],
    ['{"viztracer_metadata":{', true],
    ['{"metadata":{"a":1},"traceEvents" : [', true],
    ['', false],
    ['hello', false],
    ['[1,2,3]', false],
    ['[{"name":"a","version":"1.0"}]', false],
    ['{"nodes":[{"id":1,"callFrame":{}}]', false],
    ['{"$schema":"https://www.speedscope.app/file-format-schema.json"', false],
    ['{"meta":{"interval":1},"libs":[]', false],
    ['\u001f\u008b', false],
  ])('detects %j: %s', (text, expected) => {
    expect(json().detect?.(head(text))).toBe(expected)
  })
})
