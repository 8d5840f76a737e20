import type { BuiltInProbes, Seams } from './seams.js'

/** Makes each wait for another thread a slice, and each that does not block the thread a span. */
export function hookWaits(seams: Seams, probes: BuiltInProbes): void {
  const { call } = seams
  const { wait, waitAsync } = WAITING
  const { then } = Promise.prototype
  let site: Parameters<typeof probes.enter>[0] | undefined
  let spans = 0
  const methods = {
    wait(this: unknown, ...args: unknown[]): string {
      site ??= probes.sitesOf('node:atomics', ['Atomics.wait'])['Atomics.wait']
      const begun = probes.enter(site)
      try {
        return call(wait, this, args)
      } finally {
        probes.exit(site, begun)
      }
    },
  }
  seams.replaceMethod(WAITING, 'wait', methods.wait)
  if (waitAsync === undefined) return
  const asyncMethods = {
    waitAsync(this: unknown, ...args: unknown[]): AsyncWait {
      const waiting = call(waitAsync, this, args)
      if (!waiting.async) return waiting
      const { events } = probes
      const id = WAIT_IDS + ++spans
      events.beginSpan(events.name('Atomics.waitAsync'), id)
      const end = (): void => {
        events.endSpan(id)
      }
      void call(then, waiting.value, [end, end])
      return waiting
    },
  }
  seams.replaceMethod(WAITING, 'waitAsync', asyncMethods.waitAsync)
}

interface AsyncWait {
  readonly async: boolean
  readonly value: unknown
}

interface WaitingAtomics {
  wait: (...args: unknown[]) => string
  /** Not in the types of ES2023. */
  waitAsync?: (...args: unknown[]) => AsyncWait
}

// Whatever the arguments are, Node.js checks them.
const WAITING = Atomics as unknown as WaitingAtomics

/** Numbers of spans that nobody else gives. */
const WAIT_IDS = 2 ** 48
