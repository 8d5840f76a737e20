import { openNativeClock } from '@tracer/clock-native/from-file'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where the optional package of the native clock puts its file, whether it is built or not. */
export function nativeAddonFile(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@tracer/clock-native/package.json')
    return join(dirname(manifest), 'build', 'clock-native.node')
  } catch {
    return undefined
  }
}

/** Why the native clock cannot be had here, in a sentence; undefined when it can. */
export function whyNoNativeClock(): string | undefined {
  const addon = nativeAddonFile()
  return addon === undefined ? 'The package @tracer/clock-native is not installed.' : openNativeClock({ addon }).whyNot
}
