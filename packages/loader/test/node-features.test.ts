import { describe, expect, it } from 'vitest'
import { featuresOf } from '../src/node-features.js'

describe('features of Node.js by version', () => {
  it.each([
    ['20.19.0', false, false],
    ['20.20.2', false, false],
    ['22.14.0', false, false],
    ['22.15.0', true, false],
    ['22.18.0', true, true],
    ['23.4.0', false, false],
    ['23.5.0', true, false],
    ['23.6.0', true, true],
    ['24.0.0', true, true],
    ['26.10.0', true, true],
  ])('%s: hooks on the loading thread %s, TypeScript %s', (version, syncHooks, typeScript) => {
    expect(featuresOf(version)).toEqual({ syncHooks, typeScript })
  })

  it('agree with the Node.js that runs this test', async () => {
    const module = await import('node:module')
    expect(featuresOf(process.versions.node).syncHooks).toBe('registerHooks' in module)
  })
})
