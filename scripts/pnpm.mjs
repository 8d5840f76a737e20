// Stands for `pnpm` on machines that do not have it: node scripts/pnpm.mjs install
import { runPnpm } from './lib/pnpm.mjs'

process.exitCode = runPnpm(process.argv.slice(2), { cwd: process.cwd() }).code
