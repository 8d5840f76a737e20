import { basename } from 'node:path'
import { types } from 'node:util'
import { isMainThread, threadId } from 'node:worker_threads'
import type { Platform } from '../platform.js'
import { tidOf } from './tid.js'

/** What Node tells. */
export const NODE_PLATFORM: Platform = {
  origin: () => ({
    process: {
      pid: process.pid,
      name: basename(process.argv[1] ?? process.execPath),
      commandLine: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    },
    thread: { tid: tidOf(process.pid, threadId), name: isMainThread ? 'main' : `worker ${threadId}` },
  }),
  isProxy: (value) => types.isProxy(value),
}
