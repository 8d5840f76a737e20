import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A version of Node.js that the tests run on. */
export interface NodeLane {
  readonly title: string
  /** Path of the binary; undefined where there is none, and the lane is not run. */
  readonly path: string | undefined
}

/**
 * The Node.js that runs the tests, and those that npm packages bring for Linux on x64. They are
 * installed in a workspace of their own: in this one, their `node` would run the tests.
 */
export const NODE_LANES: readonly NodeLane[] = [
  { title: `Node ${process.versions.node}, which runs the tests`, path: process.execPath },
  ...['node-22', 'node-24', 'node-26'].map(packagedLane),
]

/**
 * Where load hooks run on a thread of their own, and where they run on the thread that loads: enough for what does not
 * differ between versions in anything else.
 */
export const HOOK_LANES: readonly NodeLane[] = NODE_LANES.filter((_, position) => position === 0 || position === 2)

function packagedLane(name: string): NodeLane {
  const path = fileURLToPath(new URL(`../../nodes/node_modules/${name}/bin/node`, import.meta.url))
  const isThere = existsSync(path)
  const title = name.replace('node-', 'Node ')
  return {
    title: isThere ? title : `${title} (NOT RUN: its npm package is for Linux on x64)`,
    path: isThere ? path : undefined,
  }
}
