import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nativeClock, openNativeClock } from '../src/index.js'
import { buildAddon, hasCompiler, temporaryFolder } from './addons.js'

afterEach(() => vi.unstubAllEnvs())

describe('where there is no native clock', () => {
  it('says that the addon is not built', () => {
    const addon = '/nowhere/clock-native.node'
    expect(nativeClock({ addon })).toBeUndefined()
    expect(openNativeClock({ addon }).whyNot).toBe(
      `The native clock is not built: there is no ${addon}; its package's scripts/build-addon.mjs compiles it, or says what is missing.`,
    )
  })

  it('says that the addon cannot be loaded', () => {
    using folder = temporaryFolder()
    const addon = join(folder.path, 'broken.node')
    writeFileSync(addon, 'not a library')
    expect(nativeClock({ addon })).toBeUndefined()
    expect(openNativeClock({ addon }).whyNot).toMatch(/^The native clock cannot be loaded: .*broken\.node/)
  })

  it('can be turned off by an environment variable', () => {
    vi.stubEnv('TRACER_CLOCK_NATIVE', 'off')
    expect(nativeClock()).toBeUndefined()
    expect(openNativeClock().whyNot).toBe(
      'The native clock is turned off by the environment variable TRACER_CLOCK_NATIVE.',
    )
  })
})

describe('the build of the addon', () => {
  it.each([
    ['there is no compiler', { CC: '/nowhere/cc' }, 'found no C compiler'],
    ['the compiler fails', { CFLAGS: '-include /nowhere/missing.h' }, 'failed: '],
  ])('prints one line and leaves no addon when %s', (_, env, reason) => {
    using folder = temporaryFolder()
    const addon = join(folder.path, 'clock.node')
    writeFileSync(addon, 'an older one')
    const printed = buildAddon(addon, env)
    expect(printed).toMatch(/^@tracer\/clock-native: not compiled, the portable clock is used instead: .*\n$/)
    expect(printed).toContain(hasCompiler || 'CC' in env ? reason : 'found no C compiler')
    expect(existsSync(addon)).toBe(false)
  })
})
