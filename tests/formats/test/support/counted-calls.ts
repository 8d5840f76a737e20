import { Session } from 'node:inspector/promises'

/** How many calls of functions of our packages something takes: the same on any machine, busy or not. */
export async function countedCalls(work: () => Promise<unknown>): Promise<number> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
    await work()
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const functions = result.filter(({ url }) => url.includes('/dist/')).flatMap((script) => script.functions)
    return functions.reduce((sum, { ranges }) => sum + ranges[0].count, 0)
  } finally {
    session.disconnect()
  }
}
