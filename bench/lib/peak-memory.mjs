import { readFileSync } from 'node:fs'

/**
 * The resident set of this process at its largest, in bytes. `resourceUsage().maxRSS` begins with that of the process
 * that started it, which may have measured something large before; only Linux tells them apart.
 */
export function peakMemoryBytes() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]) * 1024
  } catch {
    return process.resourceUsage().maxRSS * 1024
  }
}
