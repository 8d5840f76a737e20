import { hookHttp } from '@tracer/adapter-http'
import type { EventLog } from '@tracer/recorder'
import type { SentText } from './instrumented-texts.js'
import { replaceMethod } from './node-internals.js'
import { call, withOwnBuiltins } from './own-builtins.js'
import type { RecordOptions } from './record-options.js'

/** Records HTTP requests of the thread. */
export function hookRequests(events: EventLog, { propagate = false }: RecordOptions): void {
  withOwnBuiltins(() => {
    hookHttp({ events, undisturbed: withOwnBuiltins, replaceMethod, call, propagates: propagate })
  })
}

/** Whether a program with this text can send or answer a request, itself or by what it loads. */
export function mayRequest({ code }: SentText): boolean {
  return MAY_REQUEST.test(code)
}

/** Names that are imported as `$t…` are those of the probes. */
const MAY_REQUEST = /fetch|require|Builtin|import(?!\{\w+ as \$t)/
