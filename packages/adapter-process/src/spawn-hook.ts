import {
  processBindings,
  requestOf,
  withEnvironment,
  type ProcessBindings,
  type ProcessHandle,
  type SpawnArguments,
  type SpawnOptions,
  type SyncResult,
} from './bindings.js'
import type { Children, StartedChild } from './children.js'

/** How the hook works in a program that may have replaced what it works with. */
export interface HookTools {
  /** `Reflect.apply` as it was. */
  readonly call: typeof Reflect.apply
  /** Does work with built-ins as they were. */
  readonly undisturbed: <Result>(work: () => Result) => Result
  /** Replaces a method and leaves all else that can be seen of it as it was. */
  readonly replaceMethod: <Owner extends object, Name extends keyof Owner>(
    owner: Owner,
    name: Name,
    by: Owner[Name],
  ) => void
  /** Does work that would make Node.js warn. */
  readonly withoutWarning: <Result>(start: string, work: () => Result) => Result
}

/**
 * Tells `children` of every process that this thread starts, by whichever function of `node:child_process` or
 * `node:cluster`: where these meet, below what a program sees. False where Node.js does not let it.
 */
export function hookSpawn(children: Children, tools: HookTools): boolean {
  const bindings = tools.withoutWarning('process.binding()', processBindings)
  if (bindings === undefined) return false
  hookAsync(bindings, children, tools)
  hookSync(bindings, children, tools)
  return true
}

function hookAsync(
  { handle }: ProcessBindings,
  children: Children,
  { call, undisturbed, replaceMethod }: HookTools,
): void {
  const { spawn } = handle
  const noted = function (this: ProcessHandle, ...given: SpawnArguments): number {
    const start = undisturbed(() => begin(children, given))
    if (start === undefined) return call(spawn, this, given)
    const { child, request, changed } = start
    let error = FAILED
    try {
      error = call(spawn, this, changed)
    } finally {
      const { pid } = this
      undisturbed(() => {
        if (error !== 0 || pid === undefined) children.failed(child)
        else children.started(child, pid, request)
      })
    }
    const { onexit, pid } = this
    if (error !== 0 || pid === undefined || onexit === undefined) return error
    this.onexit = function (this: ProcessHandle, exitCode, signal) {
      undisturbed(() => {
        const isKilled = typeof signal === 'string' && signal !== ''
        children.ended(child, pid, isKilled ? undefined : exitCode, isKilled ? signal : undefined)
      })
      call(onexit, this, [exitCode, signal])
    }
    return error
  }
  replaceMethod(handle, 'spawn', noted)
}

function hookSync(
  { sync }: ProcessBindings,
  children: Children,
  { call, undisturbed, replaceMethod }: HookTools,
): void {
  const { spawn } = sync
  const noted = function (this: unknown, options: SpawnOptions): SyncResult {
    const start = undisturbed(() => begin(children, [options]))
    if (start === undefined) return call(spawn, this, [options])
    const { child, request, changed } = start
    let result: SyncResult | undefined
    try {
      return (result = call(spawn, this, changed as [SpawnOptions]))
    } finally {
      undisturbed(() => {
        const { pid = 0, status, signal } = result ?? {}
        if (pid <= 0) {
          children.failed(child)
        } else {
          children.started(child, pid, request)
          children.ended(child, pid, status ?? undefined, signal ?? undefined)
        }
      })
    }
  }
  replaceMethod(sync, 'spawn', noted)
}

/** Undefined when that is not for us: what Node.js refuses, or what nobody foresaw. */
function begin(
  children: Children,
  given: SpawnArguments,
): { child: StartedChild; request: NonNullable<ReturnType<typeof requestOf>>; changed: SpawnArguments } | undefined {
  try {
    const request = requestOf(given)
    if (request === undefined) return undefined
    const child = children.start(request)
    return { child, request, changed: withEnvironment(given, child.envPairs) }
  } catch {
    return undefined
  }
}

const FAILED = -1
