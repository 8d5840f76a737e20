/** What a person would call that which Node.js calls back for; its own name for what is rare. */
export function thingOf(kind: string): string {
  return THINGS.find(([pattern]) => pattern.test(kind))?.[1] ?? kind
}

const THINGS: readonly (readonly [RegExp, string])[] = [
  [/^Timeout$/, 'timer'],
  [/^Immediate$/, 'setImmediate'],
  [/^TickObject$/, 'nextTick'],
  [/^Microtask$/, 'queueMicrotask'],
  [/^PROMISE$/, 'promise'],
  [/^(?:FSREQ|FILEHANDLE|DIRHANDLE|FSEVENT|STATWATCHER)/, 'files'],
  [/^HTTP/, 'HTTP'],
  [/^(?:TCP|TLS|UDP|SHUTDOWNWRAP|WRITEWRAP|STREAM)/, 'network'],
  [/^(?:GETADDRINFO|GETNAMEINFO|QUERY|DNS)/, 'DNS'],
  [/^(?:PROCESSWRAP|PIPE)/, 'process'],
  [/^(?:MESSAGEPORT|WORKER)/, 'thread'],
]
