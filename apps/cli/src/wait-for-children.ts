import type { LivingProcess } from '@tracer/spool'
import { setTimeout as sleep } from 'node:timers/promises'

/** So long the command waits for processes that outlive the program it ran. */
const PATIENCE_MS = 5000
const STEP_MS = 20

/** An interrupt ends the wait, not the command: what is there is saved. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Waits until the recorded processes of a session have ended, for some seconds at most, and not for those that were
 * started to outlive it. Returns those that run on.
 */
export async function waitForChildren(folder: string): Promise<LivingProcess[]> {
  const { livingProcesses } = await import('@tracer/spool')
  const interruption = new AbortController()
  const interrupt = (): void => {
    interruption.abort()
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  try {
    const deadline = performance.now() + PATIENCE_MS
    let living = livingProcesses(folder)
    while (living.some(({ isDetached }) => !isDetached) && performance.now() < deadline) {
      await sleep(STEP_MS, undefined, { signal: interruption.signal })
      living = livingProcesses(folder)
    }
    return living
  } catch {
    return livingProcesses(folder)
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }
}
