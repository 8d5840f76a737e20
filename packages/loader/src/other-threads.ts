import {
  birthOfThread,
  hookThreadWork,
  hookWaits,
  type Birth,
  type BuiltInProbes,
  type ThreadWorkOptions,
} from '@tracer/adapter-thread'
import { createRequire } from 'node:module'
import { disguise, replaceMethod } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'
import { lastThreadId, ownThreadId } from './own-threads.js'
import { preloadOption } from './preload-option.js'
import type { RecordOptions } from './record-options.js'

/** What the loaders of a process's threads tell each other, whatever the program makes of its environment. */
export interface LoaderBirth {
  readonly folder: string
  readonly options: RecordOptions
}

/** What this thread was told by the one that started it; undefined on the main thread. To be asked once. */
export function birthOfThis(): (Birth & { readonly loader: LoaderBirth }) | undefined {
  return birthOfThread(workerThreads(), ownThreadId()) as ReturnType<typeof birthOfThis>
}

/** Records what the thread does with others. */
export function hookOtherThreads(probes: BuiltInProbes, birth: Birth | undefined, loader: LoaderBirth): void {
  const preload = preloadOption(__filename)
  hookThreadWork({
    seams: SEAMS,
    probes,
    threads: workerThreads(),
    birth,
    lastThreadId,
    preloadOption: preload,
    loader,
  })
}

/** Records how long the thread waits for others; once the loader itself waits no more. */
export function hookThreadWaits(probes: BuiltInProbes): void {
  hookWaits(SEAMS, probes)
}

/** The program finds the environment that it has given to this thread. */
export function restoreEnvironment(birth: Birth | undefined): void {
  if (birth?.ownNodeOptions === undefined) return
  if (birth.ownNodeOptions === null) delete process.env['NODE_OPTIONS']
  else process.env['NODE_OPTIONS'] = birth.ownNodeOptions
}

function workerThreads(): ThreadWorkOptions['threads'] & Parameters<typeof birthOfThread>[0] {
  return createRequire(__filename)('node:worker_threads') as ReturnType<typeof workerThreads>
}

const SEAMS = { replaceMethod, disguise, call, undisturbed: withOwnBuiltins }
