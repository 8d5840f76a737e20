import { fileURLToPath } from 'node:url'
import { openNativeClock as openFromFile, type NativeClock, type NativeClockOptions } from './from-file.js'
import type { OpenedNativeClock } from './from-file.js'

export { COLLECTION_RING } from './from-file.js'
export type { CounterSource, NativeClock, NativeClockOptions, OpenedNativeClock, TickPair } from './from-file.js'

/** Where the addon of this package lies when it is built. */
export const addonFile = fileURLToPath(new URL('../build/clock-native.node', import.meta.url))

/** Opens the native clock, or says why there is none. */
export function openNativeClock({
  addon = addonFile,
  ...options
}: Partial<NativeClockOptions> = {}): OpenedNativeClock {
  return openFromFile({ addon, ...options })
}

/** The native clock; undefined where it cannot be had, and {@link openNativeClock} says why. */
export function nativeClock(options?: Partial<NativeClockOptions>): NativeClock | undefined {
  return openNativeClock(options).clock
}
