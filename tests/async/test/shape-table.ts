import { readFileSync } from 'node:fs'

/**
 * A program, and its tasks with what set them going, sorted as `edgesOf` gives them. A table of them in plain text:
 *
 *     ### what the case shows
 *     --- program
 *     ...
 *     --- edges
 *     child < parent
 */
export interface Shape {
  readonly title: string
  readonly program: string
  readonly edges: readonly string[]
}

export function readShapes(path: URL): Shape[] {
  return readFileSync(path, 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const [title = '', program = '', edges = ''] = text.split(/^--- (?:program|edges)\n/m)
      return { title: title.trim(), program, edges: edges.split('\n').filter(Boolean) }
    })
}
