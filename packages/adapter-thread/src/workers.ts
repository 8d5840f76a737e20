import type { SiteId } from '@tracer/core'
import type { Worker } from 'node:worker_threads'
import type { BuiltInProbes, Seams } from './seams.js'

/** What the hooks work with. */
export interface WorkerOptions {
  readonly seams: Seams
  readonly probes: BuiltInProbes
  /** Option of Node.js that makes a thread be recorded. */
  readonly preloadOption: string
}

/** What is known of the thread that is being started. */
export interface NewWorker {
  readonly name: string | undefined
  readonly ownNodeOptions?: string | null
}

type WorkerClass = new (...args: unknown[]) => Worker

/**
 * Stands in the place of `Worker`, so that a thread with an environment of its own is recorded, and
 * what the program calls it is known; its making is a slice. Gives the thread that is being started, while one is.
 */
export function hookWorkers(threads: { Worker: WorkerClass }, options: WorkerOptions): () => NewWorker | undefined {
  const { seams, probes } = options
  const Original = threads.Worker
  let starting: NewWorker | undefined
  const { construct } = Reflect
  let site: SiteId | undefined
  // By this name V8 calls what it makes, in stacks: that of a property no bundler changes.
  const { Worker: Replacement } = {
    // eslint-disable-next-line object-shorthand -- a method could not be constructed
    Worker: function (this: unknown, ...args: unknown[]): unknown {
      // Without `new` the original complains.
      if (new.target === undefined) return seams.call(Original, this, args)
      // TypeScript takes what a function is made with for the function itself; here it may be a class made from it.
      const target = new.target === (Replacement as unknown) ? Original : (new.target as unknown as WorkerClass)
      const outer = starting
      starting = seams.undisturbed(() => {
        const own = ownEnvironment(args[1])
        const name = nameIn(args[1])
        if (own === undefined) return { name }
        args[1] = withPreload(args[1] as object, own, options.preloadOption)
        return { name, ownNodeOptions: textOf(own['NODE_OPTIONS']) }
      })
      site ??= probes.sitesOf('node:worker_threads', ['new Worker'])['new Worker']
      const begun = probes.enter(site)
      try {
        return construct(Original, args, target)
      } finally {
        probes.exit(site, begun)
        starting = outer
      }
    },
  }
  seams.disguise(Replacement, Original)
  Object.setPrototypeOf(Replacement, Object.getPrototypeOf(Original) as object)
  const { prototype } = Original
  Object.defineProperty(Replacement, 'prototype', { value: prototype, writable: false })
  const constructor = Object.getOwnPropertyDescriptor(prototype, 'constructor')
  Object.defineProperty(prototype, 'constructor', { ...constructor, value: Replacement })
  const exported = Object.getOwnPropertyDescriptor(threads, 'Worker')
  Object.defineProperty(threads, 'Worker', { ...exported, value: Replacement })
  return () => starting
}

/** The environment that the program gives to a thread; undefined when that is its own. */
function ownEnvironment(given: unknown): Readonly<Record<string, unknown>> | undefined {
  const own = plainValue(given, 'env')
  return typeof own === 'object' && own !== null && own !== process.env ? (own as Record<string, unknown>) : undefined
}

/** The options with a preload in the environment, all else as it is. */
function withPreload(given: object, own: Readonly<Record<string, unknown>>, preload: string): object {
  const nodeOptions = [preload, textOf(own['NODE_OPTIONS'])].filter(Boolean).join(' ')
  const copy = Object.create(Object.getPrototypeOf(given) as object, Object.getOwnPropertyDescriptors(given)) as object
  return Object.defineProperty(copy, 'env', { ...PLAIN, value: { ...own, NODE_OPTIONS: nodeOptions } })
}

/** Node.js makes a text of any value; of one that is an object, nobody means an option. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : null
}

function nameIn(given: unknown): string | undefined {
  const name = plainValue(given, 'name')
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** Without running a getter of the program's. */
function plainValue(given: unknown, key: string): unknown {
  if (typeof given !== 'object' || given === null) return undefined
  return Object.getOwnPropertyDescriptor(given, key)?.value as unknown
}

const PLAIN = { configurable: true, enumerable: true, writable: true }
