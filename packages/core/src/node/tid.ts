/**
 * The id of a thread in traces. Node's thread ids are small numbers, 0 for the main thread, that
 * repeat in each process, while importers take ids for unique on a machine: the pid makes them so,
 * within the 32 bits that formats have. The main thread has the pid itself.
 */
export function tidOf(pid: number, threadId: number): number {
  return threadId === 0 ? pid : (pid * 1000 + threadId) % 2 ** 32
}
