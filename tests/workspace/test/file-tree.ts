import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Contents by path; what is not text is written as JSON. */
export type FileTree = Record<string, unknown>

const WORKSPACE = "packages:\n  - packages/*\n  - apps/*\n  - 'tests/*'\n\n# Not part of the list.\ncatalog:\n  - no\n"

/** Writes a workspace into a folder of its own, which the end of the test removes. */
export function writeWorkspace(files: FileTree): string {
  const root = mkdtempSync(join(tmpdir(), 'workspace-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [path, content] of Object.entries({ 'pnpm-workspace.yaml': WORKSPACE, ...files })) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  return root
}
