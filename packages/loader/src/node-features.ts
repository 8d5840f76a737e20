/**
 * What a version of Node.js can do, in one place. Each row says when it came and where that is
 * written: nodejs.org/docs/latest/api/module.html and typescript.html, section "History".
 */
export interface NodeFeatures {
  /** `module.registerHooks`: load hooks on the thread that loads. v22.15.0, v23.5.0. */
  readonly syncHooks: boolean
  /** Runs TypeScript whose types can be blanked out, without a flag. v22.18.0, v23.6.0. */
  readonly typeScript: boolean
}

/** Features of a version such as `22.18.0`. */
export function featuresOf(version: string): NodeFeatures {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const since = (...versions: readonly (readonly [major: number, minor: number])[]): boolean =>
    versions.some(([inMajor, fromMinor]) => major === inMajor && minor >= fromMinor) ||
    versions.every(([inMajor]) => major > inMajor)
  return {
    syncHooks: since([22, 15], [23, 5]),
    typeScript: since([22, 18], [23, 6]),
  }
}
