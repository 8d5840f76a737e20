import type { Process, Thread } from './trace.js'

/** What a {@link Tracer} asks the runtime it runs in. */
export interface Platform {
  /** The process and the thread that records. */
  readonly origin: () => { readonly process: Process; readonly thread: Pick<Thread, 'tid' | 'name'> }
  /** Whether reading a property of `value` may run code of the program's. */
  readonly isProxy: (value: object) => boolean
}

/** What is true everywhere: the language tells neither processes nor proxies. */
export const PORTABLE_PLATFORM: Platform = {
  origin: () => ({
    process: { pid: 1, name: '', commandLine: [] },
    thread: { tid: 1, name: 'main' },
  }),
  isProxy: () => false,
}
