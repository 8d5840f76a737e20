import { signal } from '@preact/signals'
import type { Site } from '@tracer/core'
import { remember, remembered } from './surroundings.js'

/** Editors that open a file by an address, `{file}`, `{line}` and `{column}` filled in. */
export const EDITORS = {
  'VS Code': 'vscode://file/{file}:{line}:{column}',
  Cursor: 'cursor://file/{file}:{line}:{column}',
  Zed: 'zed://file/{file}:{line}:{column}',
  JetBrains: 'jetbrains://idea/navigate/reference?path={file}:{line}:{column}',
} as const

export type Editor = keyof typeof EDITORS

export function isEditor(name: string | undefined): name is Editor {
  return name !== undefined && Object.hasOwn(EDITORS, name)
}

const before = remembered('editor')
export const editor = signal<Editor>(isEditor(before) ? before : 'VS Code')

export function chooseEditor(name: Editor): void {
  editor.value = name
  remember('editor', name)
}

/** What opens the place of a site in the editor; undefined for a site without a file on a disk. */
export function editorAddress({ file, line, column }: Site): string | undefined {
  const path = file.startsWith('file://') ? decoded(new URL(file).pathname) : file
  if (!/^(?:\/|[A-Za-z]:[/\\])/u.test(path)) return undefined
  const plain = encodeURI(path.replaceAll('\\', '/').replace(/^\//u, '')).replace(/[?#]/gu, encodeURIComponent)
  return EDITORS[editor.value]
    .replace('{file}', () => plain)
    .replace('{line}', String(Math.max(1, line)))
    .replace('{column}', String(Math.max(1, column)))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
