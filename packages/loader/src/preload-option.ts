/** The option by which a preload stands in `NODE_OPTIONS`. */
export function preloadOption(file: string): string {
  return `--require ${quoted(file)}`
}

/** `NODE_OPTIONS` is split at spaces, except within double quotes. */
function quoted(path: string): string {
  return /[\s"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path
}
