/**
 * Whether this is the thread on which Node 20 runs load hooks. Preloads run there too, although
 * none of the program does; newer versions have `isInternalThread` for it, Node 20 shows it in
 * the stack only.
 */
export function isHooksThread(): boolean {
  const { stackTraceLimit } = Error
  // A preload has some 20 frames below it. Infinity ends Node 26 with a failed check of V8 under a debugger.
  Error.stackTraceLimit = 100
  const { stack } = new Error()
  Error.stackTraceLimit = stackTraceLimit
  return stack?.includes('node:internal/modules/esm/worker') ?? false
}
