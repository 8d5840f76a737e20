/** What Node.js starts processes by, below `node:child_process`; their shapes were checked on Node 20, 22, 24 and 26. */
export interface ProcessHandle {
  readonly pid?: number
  onexit?: (this: ProcessHandle, exitCode: number, signal: string) => void
  /** Up to Node 22 with one object, from 24 on with its fields one by one. */
  spawn: (this: ProcessHandle, ...args: SpawnArguments) => number
}

export type SpawnArguments = [options: SpawnOptions] | PositionalSpawn
export type PositionalSpawn = [
  file: string,
  args: readonly string[] | undefined,
  cwd: string | undefined,
  envPairs: readonly string[] | undefined,
  stdio: unknown,
  flags: number,
  ...rest: unknown[],
]

export interface SpawnOptions {
  readonly file: string
  readonly args?: readonly string[]
  readonly cwd?: string
  readonly detached?: boolean
  envPairs?: readonly string[]
}

/** What a process that was waited for left. */
export interface SyncResult {
  readonly pid?: number
  readonly status?: number | null
  readonly signal?: string | null
}

export interface SyncSpawner {
  spawn: (this: unknown, options: SpawnOptions) => SyncResult
}

export interface ProcessBindings {
  readonly handle: ProcessHandle
  readonly sync: SyncSpawner
}

/** Undefined where Node.js does not give them away: under its permission model, and where they have another shape. */
export function processBindings(): ProcessBindings | undefined {
  // Deprecated, so not in the types.
  const { binding } = process as unknown as { readonly binding?: (name: string) => unknown }
  try {
    const wrap = binding?.('process_wrap') as { readonly Process?: { readonly prototype: ProcessHandle } } | undefined
    const sync = binding?.('spawn_sync') as SyncSpawner | undefined
    const handle = wrap?.Process?.prototype
    return typeof handle?.spawn === 'function' && typeof sync?.spawn === 'function' ? { handle, sync } : undefined
  } catch {
    return undefined
  }
}

const DETACHED_FLAG = 1

/** What is started, whichever way it was said. */
export interface SpawnRequest {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string | undefined
  readonly envPairs: readonly string[]
  readonly isDetached: boolean
}

/** Undefined for arguments that Node.js itself will refuse. */
export function requestOf(given: SpawnArguments): SpawnRequest | undefined {
  const [first] = given
  const { file, args, cwd, envPairs, detached } =
    typeof first === 'object' ? first : positional(given as PositionalSpawn)
  if (typeof file !== 'string' || !Array.isArray(envPairs)) return undefined
  return { file, args: args ?? [], cwd, envPairs, isDetached: detached === true }
}

function positional([file, args, cwd, envPairs, , flags]: PositionalSpawn): Partial<SpawnOptions> {
  return {
    file,
    ...(args !== undefined && { args }),
    ...(cwd !== undefined && { cwd }),
    ...(envPairs !== undefined && { envPairs }),
    detached: (flags & DETACHED_FLAG) !== 0,
  }
}

/** The same arguments with another environment. */
export function withEnvironment(given: SpawnArguments, envPairs: readonly string[]): SpawnArguments {
  const [first] = given
  if (typeof first === 'object') return [{ ...first, envPairs }]
  const changed = [...(given as PositionalSpawn)] as PositionalSpawn
  changed[3] = envPairs
  return changed
}
