import { Children, hookSpawn, takeAdditions, type OwnSpawn, type RecordingVariables } from '@tracer/adapter-process'
import type { ThreadRecorder } from '@tracer/recorder'
import { resolve } from 'node:path'
import { replaceMethod, withoutWarning } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'
import { preloadOption } from './preload-option.js'
import { OPTIONS_VARIABLE, SESSION_VARIABLE, type RecordOptions } from './record-options.js'

/** What the children of a thread are to find, and what its process was told of its own start. */
export interface Recorded {
  readonly folder: string
  readonly options: RecordOptions
  readonly spawn: OwnSpawn | undefined
}

/**
 * Records the processes that this thread starts, also those that are given another environment. What was put into
 * the environment of this process for that alone is taken out: to be called when all that needs it is done.
 */
export function hookChildren(recorder: ThreadRecorder, { folder, options, spawn }: Recorded): void {
  const recording: RecordingVariables = {
    preloadOption: preloadOption(__filename),
    variables: { [SESSION_VARIABLE]: resolve(folder), [OPTIONS_VARIABLE]: JSON.stringify(options) },
  }
  if (spawn !== undefined) {
    recorder.events.flowNext(spawn.key)
    takeAdditions(process.env, spawn, recording)
  }
  const children = new Children(recorder.events, resolve(folder), recording, recorder.space, spawn?.isDetached === true)
  hookSpawn(children, { call, undisturbed: withOwnBuiltins, replaceMethod, withoutWarning })
}
