import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { framesAsTheyRun } from './frames.js'
import { internalProcess, replaceGetter, replaceMethod, type InternalProcess } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'
import { ThreadIds } from './thread-ids.js'

let ids = new ThreadIds(0)
let isStarting = false
/** Node's own numbers of this thread and of the one that it has started last. */
let ownId = 0
let lastId = 0
/** That on which Node.js runs load hooks, as long as only the loader has any. */
let hooksThread: object | undefined
/** Those of which the program is about to be told. */
const hidden = new Set<unknown>()
const shownIds = new WeakMap<object, number>()
const idGetter = Object.getOwnPropertyDescriptor(Worker.prototype, 'threadId')?.get

/**
 * Hides the threads that the loader starts, and those that Node.js starts for it: ids of the
 * program's threads are those it would have without, and it is told of none of ours. To be called
 * on each thread before the program, and before anything imports `node:worker_threads`. Others
 * are waited for when they are about to say whose thread they have started.
 */
export function hookThreads(maxWaitMs: number): void {
  const threads = createRequire(__filename)('node:worker_threads') as Threads
  const current = threads.threadId
  const shared = threads.getEnvironmentData(SHARED_KEY)
  ids = new ThreadIds(maxWaitMs, shared instanceof SharedArrayBuffer ? shared : undefined)
  if (shared === undefined) threads.setEnvironmentData(SHARED_KEY, ids.shared)
  if (!threads.isMainThread) {
    ownId = current
    ids.add(current)
    threads.threadId = ids.shown(current)
  }
  hookIds()
  hookMessages(threads)
  hookEvents()
}

/** Node's own number of this thread; 0 for the main one. */
export function ownThreadId(): number {
  return ownId
}

/** Node's own number of the thread that this one has started last. */
export function lastThreadId(): number {
  return lastId
}

/** Hides a thread that the loader has just started. */
export function hideThread(worker: Worker): void {
  hidden.add(worker)
  ids.hide(Number(idGetter === undefined ? undefined : call(idGetter, worker, [])))
}

/** Hides the thread that Node.js starts during some work of the loader's. */
export function startHidden(work: () => void): void {
  isStarting = true
  try {
    work()
  } finally {
    isStarting = false
  }
}

/** The program registers load hooks: now Node.js would start the thread on which they run. */
export function showHooksThread(): void {
  const worker = hooksThread
  if (worker === undefined) return
  hooksThread = undefined
  ids.skipOne()
  // Else Node.js is about to tell of it.
  if (!hidden.delete(worker)) process.nextTick(() => internalProcess.emit('worker', worker))
}

/** `node:worker_threads` as CommonJS modules get it. */
interface Threads {
  threadId: number
  readonly isMainThread: boolean
  getEnvironmentData(key: string): unknown
  setEnvironmentData(key: string, value: unknown): void
  /** v20.19.0, v22.5.0. */
  postMessageToThread?: (threadId: unknown, ...rest: unknown[]) => Promise<void>
}

/** What Node.js asks for itself is what it counts by; each thread is asked for as it starts. */
function idFor(worker: object, id: number): number {
  let shown = shownIds.get(worker)
  if (shown === undefined) {
    lastId = id
    if (isStarting) {
      ids.hide(id)
      hidden.add(worker)
      hooksThread = worker
    } else {
      ids.add(id)
    }
    shownIds.set(worker, (shown = ids.shown(id)))
  }
  const asking = framesAsTheyRun(FEW_FRAMES).find((site) => site.getFileName()?.includes(__dirname) !== true)
  return asking?.getFileName() === 'node:internal/worker' ? id : shown
}

function hookIds(): void {
  if (idGetter === undefined) return
  // A method, because the original cannot be constructed either.
  const replacement = {
    get(this: Worker): unknown {
      const id: unknown = call(idGetter, this, [])
      return typeof id === 'number' && id > 0 ? withOwnBuiltins(() => idFor(this, id)) : id
    },
  }
  replaceGetter(Worker.prototype, 'threadId', replacement.get)
}

function hookMessages(threads: Threads): void {
  const { postMessageToThread } = threads
  if (postMessageToThread === undefined) return
  const post = (threadId: unknown, ...rest: unknown[]): Promise<void> => {
    const isOther = typeof threadId === 'number' && threadId > 0
    return call(postMessageToThread, undefined, [isOther ? ids.taken(threadId) : threadId, ...rest])
  }
  // That of async functions.
  Object.setPrototypeOf(post, Object.getPrototypeOf(postMessageToThread) as object)
  replaceMethod(threads, 'postMessageToThread', post)
}

function hookEvents(): void {
  const inherited = Object.getPrototypeOf(process) as InternalProcess
  const { emit } = inherited
  replaceMethod(inherited, 'emit', function emitShown(this: InternalProcess, ...args) {
    if (this !== internalProcess || (args[0] !== 'worker' && args[0] !== 'workerMessage')) return call(emit, this, args)
    const isOurs = args[0] === 'worker' && withOwnBuiltins(() => hidden.delete(args[1]))
    if (isOurs) return false
    const source = args[2]
    if (typeof source === 'number' && source > 0) args[2] = withOwnBuiltins(() => ids.shown(source))
    return call(emit, this, args)
  })
}

/** By this name the threads of a process find what they share. */
const SHARED_KEY = '@tracer/own-threads'

/** The loader's own and one more. */
const FEW_FRAMES = 10
