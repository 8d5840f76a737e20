import { fileURLToPath } from 'node:url'
import { existsSync } from 'node:fs'

/** The Node.js that runs the tests, and those of `tests/nodes` that are for this machine. */
export const NODES: readonly { readonly title: string; readonly path: string }[] = [
  { title: `Node ${process.versions.node}`, path: process.execPath },
  ...['node-22', 'node-24', 'node-26']
    .map((name) => ({
      title: name.replace('node-', 'Node '),
      path: fileURLToPath(new URL(`../../../tests/nodes/node_modules/${name}/bin/node`, import.meta.url)),
    }))
    .filter(({ path }) => existsSync(path)),
]
