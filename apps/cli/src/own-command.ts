import { fileURLToPath } from 'node:url'

/** The script that starts this very command. */
export const OWN_COMMAND = fileURLToPath(new URL('../bin/tracer.js', import.meta.url))
