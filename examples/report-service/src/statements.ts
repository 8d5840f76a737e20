import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('./statement.ts', import.meta.url))

/** Prints the orders of a month in a process of its own, and gives on what that prints, as it comes. */
export async function* printStatement(month: string): AsyncGenerator<string, number> {
  const child = spawn(process.execPath, [SCRIPT, month], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'close')
  for await (const text of child.stdout.setEncoding('utf8')) yield text as string
  const [code] = (await exit) as [number | null]
  return code ?? 1
}
