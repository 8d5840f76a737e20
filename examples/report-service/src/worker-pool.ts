import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Worker threads that each do one task at a time; tasks wait until one is free. */
export class WorkerPool<Task, Result> {
  readonly #workers: readonly Worker[]
  readonly #idle: Worker[]
  readonly #waiting: ((worker: Worker) => void)[] = []

  constructor(script: URL, size: number) {
    const name = (index: number) => `forecaster ${index + 1}`
    this.#workers = Array.from({ length: size }, (_, index) => new Worker(script, { name: name(index) }))
    this.#idle = [...this.#workers]
  }

  async run(task: Task): Promise<Result> {
    const worker = await this.#freeWorker()
    try {
      worker.postMessage(task)
      const [result] = (await once(worker, 'message')) as [Result]
      return result
    } finally {
      this.#release(worker)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  async #freeWorker(): Promise<Worker> {
    return this.#idle.pop() ?? (await new Promise((resolve) => this.#waiting.push(resolve)))
  }

  #release(worker: Worker): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(worker)
    else next(worker)
  }
}
