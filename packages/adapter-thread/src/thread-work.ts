import type { Birth } from './birth.js'
import type { InternalPort } from './message-context.js'
import { Messages, type MessagingThreads } from './messages.js'
import type { BuiltInProbes, Seams } from './seams.js'
import { SharedPorts } from './shared-ports.js'
import type { NewBirth } from './thread-start.js'
import { hookWorkers, type WorkerOptions } from './workers.js'

/** What is needed to record what a thread does with others. */
export interface ThreadWorkOptions {
  readonly seams: Seams
  readonly probes: BuiltInProbes
  /** `node:worker_threads` as CommonJS modules get it. */
  readonly threads: MessagingThreads & {
    Worker: new (...args: unknown[]) => import('node:worker_threads').Worker
    readonly parentPort: InternalPort | null
    readonly workerData: unknown
  }
  /** What this thread was told when it was started. */
  readonly birth: Birth | undefined
  /** Node's own number of the thread that was started last. */
  readonly lastThreadId: () => number
  readonly preloadOption: WorkerOptions['preloadOption']
  /** What the loader of a thread that is started is told. */
  readonly loader: unknown
}

/** Records workers that the thread starts, and messages between threads. */
export function hookThreadWork(options: ThreadWorkOptions): void {
  const { seams, probes, threads, birth, lastThreadId, preloadOption, loader } = options
  const starting = hookWorkers(threads, { seams, probes, preloadOption })
  const birthOf = (): NewBirth | undefined => {
    const worker = starting()
    return worker === undefined ? undefined : { ...worker, threadId: lastThreadId(), loader }
  }
  const ports = new SharedPorts(birth?.ports)
  const messages = new Messages({ seams, probes, ports, birthOf }, threads, birth)
  messages.add(threads.parentPort, birth?.parentPort)
  if (birth === undefined) return
  messages.addWithin(threads.workerData, birth.workerDataPorts)
  probes.events.flowNext(ports.keyOfThread(birth.threadId))
}
