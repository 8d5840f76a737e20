import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { peakMemoryBytes } from './peak-memory.mjs'

const NS_PER_MS = 1e6

/**
 * What a process has used since it started, as the programs print it.
 *
 * @typedef {object} Usage
 * @property {number} wallMs
 * @property {number} mainMs on a core, the main thread alone; what other programs of the machine do hardly shows in it
 * @property {number} helperMs on a core, the busiest other thread: of a traced program that keeps it busy, the recorder
 * @property {number} processMs on a core, all threads
 * @property {number} rssMb resident set at its largest
 */

/**
 * Asked on the main thread. Only Linux tells threads apart; elsewhere the main one counts as all.
 *
 * @returns {Usage}
 */
export function usage() {
  const { user, system } = process.cpuUsage()
  const processMs = (user + system) / 1000
  const threads = threadsMs()
  return {
    wallMs: performance.now(),
    mainMs: threads?.mainMs ?? processMs,
    helperMs: threads?.helperMs ?? 0,
    processMs,
    rssMb: peakMemoryBytes() / 2 ** 20,
  }
}

function threadsMs() {
  try {
    const own = readlinkSync('/proc/thread-self').split('/').at(-1)
    const others = readdirSync('/proc/self/task').filter((id) => id !== own)
    return { mainMs: threadMs(`${own}`), helperMs: Math.max(0, ...others.map(threadMs)) }
  } catch {
    return undefined
  }
}

/** @param {string} id */
function threadMs(id) {
  return Number(readFileSync(`/proc/self/task/${id}/schedstat`, 'latin1').split(' ', 1)[0]) / NS_PER_MS
}
