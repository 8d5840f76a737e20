import { describe, expect, it } from 'vitest'
import { recordingEnvironment } from '../src/index.js'
import { nativeAddonFile } from '../src/native-addon.js'
import { optionsFrom } from '../src/record-options.js'

describe('the environment of a recorded program', () => {
  it("keeps the user's own NODE_OPTIONS, behind the preload", () => {
    const { NODE_OPTIONS } = recordingEnvironment({}, '/session', { NODE_OPTIONS: '--max-old-space-size=4096' })
    expect(NODE_OPTIONS).toMatch(/^--require \S+register\.cjs --max-old-space-size=4096$/)
  })

  it('keeps every other variable', () => {
    expect(recordingEnvironment({}, '/session', { PATH: '/bin' })).toMatchObject({
      PATH: '/bin',
      TRACER_SESSION: '/session',
    })
  })

  it('carries all options, and the folder that globs start from', () => {
    const options = { include: ['src'], packages: 'all', maxDepth: 3, minDurationNs: 500 } as const
    expect(optionsFrom(recordingEnvironment(options, '/session', {}))).toEqual({
      root: process.cwd(),
      nativeAddon: nativeAddonFile(),
      ...options,
    })
  })

  it('that does not hold JSON is an error that names the variable', () => {
    expect(() => optionsFrom({ TRACER_OPTIONS: '{' })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: 'TRACER_OPTIONS is not JSON: {' }) as Error,
    )
  })

  it('without options means the defaults', () => {
    expect(optionsFrom({})).toEqual({})
  })
})
