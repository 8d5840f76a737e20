import type { PortEnd } from './port-end.js'

/** What a thread is told when it is started, by the thread that starts it. */
export interface Birth {
  /** Node's own number of the thread: what is said to another one is passed on to threads that are not traced, too. */
  readonly threadId: number
  /** The `name` that the program has given it. */
  readonly name: string | undefined
  /** `NODE_OPTIONS` as the program has put it into an environment of the thread's own; null when it has not. */
  readonly ownNodeOptions?: string | null
  /** What the loader of the other thread has to say to that of the new one. */
  readonly loader: unknown
  /** Memory of {@link SharedPorts}. */
  readonly ports: SharedArrayBuffer
  /** Who the port is by which messages to threads of any number come. */
  readonly threadsPort: PortEnd | undefined
  /** Who its `parentPort` is. */
  readonly parentPort: PortEnd | undefined
  /** Who the ports in its `workerData` are, in the order in which they stand there. */
  readonly workerDataPorts: readonly (PortEnd | undefined)[]
}

/** `node:worker_threads`, as far as it is asked for here. */
interface EnvironmentData {
  getEnvironmentData(key: string): unknown
  setEnvironmentData(key: string, value: unknown): void
}

/** What this thread was told; to be asked once. `ownId` is Node's own number of it. */
export function birthOfThread(threads: EnvironmentData, ownId: number): Birth | undefined {
  const birth = threads.getEnvironmentData(BIRTH_KEY) as Birth | undefined
  if (birth === undefined) return undefined
  threads.setEnvironmentData(BIRTH_KEY, undefined)
  return birth.threadId === ownId ? birth : undefined
}

/** By this name it is among the environment data of the new thread. */
export const BIRTH_KEY = '@tracer/birth'
