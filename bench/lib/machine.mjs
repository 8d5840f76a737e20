import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'

/** What numbers depend on besides the code: they compare only where all of this is the same. */
export function describeMachine() {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    commit: commit(),
  }
}

/** The commit, with `+` when files differ from it; `unknown` outside a repository. */
function commit() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty=+', '--exclude=*'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}
