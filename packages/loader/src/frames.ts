/** The call sites of the stack, innermost first, as V8 tells them: with columns of the text that runs. */
export function framesAsTheyRun(limit = MANY_FRAMES): readonly NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error
  let frames: readonly NodeJS.CallSite[] = []
  const take = (_: unknown, trace: readonly NodeJS.CallSite[]): void => {
    frames = trace
  }
  TAKING.add(take)
  try {
    // Quietly: the program may have frozen it.
    Reflect.set(Error, 'stackTraceLimit', limit)
    Error.prepareStackTrace = take
    void new Error().stack
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
    Error.prepareStackTrace = prepareStackTrace
  }
  return frames
}

/** With Infinity V8 of Node 26 crashes under a debugger. */
const MANY_FRAMES = 1000

/** Whether a function that formats stacks is one from here, and so wants call sites as they are. */
export function takesFramesAsTheyRun(prepare: object): boolean {
  return TAKING.has(prepare)
}

const TAKING = new WeakSet()
