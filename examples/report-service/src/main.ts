import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { OrderDatabase } from './orders.ts'
import { ReportServer } from './server.ts'
import { createRoutes } from './routes.ts'
import { WorkerPool } from './worker-pool.ts'
import type { Forecast } from './forecast.ts'
import type { Order } from './orders.ts'

const forecasters = new WorkerPool<readonly Order[], Forecast>(new URL('./forecaster.ts', import.meta.url), 2)
const server = await new ReportServer(createRoutes(new OrderDatabase(), forecasters)).start()
console.log(`Reports at ${server.url}`)
try {
  const visitors = fork(fileURLToPath(new URL('./visitors.ts', import.meta.url)), [server.url])
  const [code] = (await once(visitors, 'exit')) as [number | null]
  process.exitCode = code ?? 1
} finally {
  await server.stop()
  await forecasters.close()
}
