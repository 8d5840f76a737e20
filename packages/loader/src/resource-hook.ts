import { createHook, executionAsyncId, executionAsyncResource, type AsyncHook } from 'node:async_hooks'
import { MessagePort } from 'node:worker_threads'
import type { Execution, ResourceHooks } from '@tracer/recorder'
import { internalProcess, withoutWarning } from './node-internals.js'
import { call } from './own-builtins.js'

// Taken now: a traced program may put others in their place.
const { isPrototypeOf } = Object.prototype
const { prototype: port } = MessagePort

/** Of a worker, the port to the thread that has started it is older than any hook. */
export const EXECUTION: Execution = {
  id: executionAsyncId,
  type: () => (call(isPrototypeOf, port, [executionAsyncResource()]) ? 'MESSAGEPORT' : undefined),
}

/**
 * Tells of the resources for which Node.js calls back: of all but promises, which would get numbers that the program
 * can see, and cost a multiple. False where this Node.js tells of all or none.
 */
export function hookResources({ created, before }: ResourceHooks): boolean {
  const hook = createHook({
    init: (id: number, type: string, _: number, resource: object) => {
      created(id, type, type === 'Timeout' ? delayOf(resource) : 0)
    },
    before,
    trackPromises: false,
  } as Parameters<typeof createHook>[0])
  if (leavesPromisesAlone(hook)) {
    hook.enable()
    return true
  }
  const forget = promiseHooks()
  if (forget === undefined) return false
  hook.enable()
  forget()
  return true
}

/** Of a timer that goes off once, as Node.js keeps it. */
function delayOf(timer: { readonly _idleTimeout?: unknown; readonly _repeat?: unknown }): number {
  const { _idleTimeout: delay, _repeat: repeat } = timer
  return typeof delay === 'number' && delay > 0 && repeat === null ? delay : 0
}

/** A Node.js that has the option (22.23, 24.21 and 26.10 do) marks the hook; others take no notice of it. */
function leavesPromisesAlone(hook: AsyncHook): boolean {
  return Object.getOwnPropertySymbols(hook).some(({ description }) => description === 'kNoPromiseHook')
}

/** What takes the hooks of promises off, which a Node.js without that option sets for any hook. */
function promiseHooks(): (() => void) | undefined {
  try {
    const binding = withoutWarning('Access to process.binding(', () => internalProcess.binding?.('async_wrap'))
    const set = binding?.setPromiseHooks
    return set && ((): void => void call(set, undefined, [undefined, undefined, undefined, undefined]))
  } catch {
    // With the permission model there are no bindings.
    return undefined
  }
}
