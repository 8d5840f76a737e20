#!/usr/bin/env node
// Not built: package managers link the command before the first build.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('../dist/main.cjs', import.meta.url))

if (existsSync(built)) {
  const { start } = createRequire(import.meta.url)(built)
  await start()
} else {
  console.error('tracer: The command is not built yet.\nIn a clone of the repository: npm run setup && npm run build')
  process.exitCode = 1
}
