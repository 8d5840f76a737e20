import type { Process } from '@tracer/core'

/** `exit code 1`, `ended by SIGKILL`; empty when it is not known. */
export function endText({ exitCode, signal }: Process): string {
  if (signal !== undefined) return `ended by ${signal}`
  return exitCode === undefined ? '' : `exit code ${exitCode}`
}
