import { Script } from 'node:vm'

/** Why V8 rejects a script, which is not run; undefined when it does not. */
export function rejectionOf(script: string): string | undefined {
  try {
    new Script(script)
    return undefined
  } catch (error) {
    return `V8 rejects the text with probes: ${error instanceof Error ? error.message : String(error)}`
  }
}
