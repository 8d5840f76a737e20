#!/usr/bin/env node
// Not built: package managers link the command before the first build.
import { existsSync } from 'node:fs'

const built = new URL('../dist/main.js', import.meta.url)

if (existsSync(built)) {
  const { start } = await import(built.href)
  await start()
} else {
  console.error('tracer: The command is not built yet.\nIn a clone of the repository: npm run setup && npm run build')
  process.exitCode = 1
}
