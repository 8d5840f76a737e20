import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The Node.js that runs the tests, and a later one that an npm package brings for Linux on x64. */
export const NODES: readonly { readonly title: string; readonly path: string }[] = [
  { title: `Node ${process.versions.node}`, path: process.execPath },
  ...['node-24']
    .map((name) => ({
      title: name.replace('node-', 'Node '),
      path: fileURLToPath(new URL(`../../nodes/node_modules/${name}/bin/node`, import.meta.url)),
    }))
    .filter(({ path }) => existsSync(path)),
]
