import type { Box, FrameTree, Layout, LayoutOptions } from '../../src/index.js'

/** A layout as one would first write it: looks at every node. */
export function obviousLayout(tree: FrameTree, { from, to, width, minWidth }: LayoutOptions): Box[] {
  const scale = width / (to - from)
  const rows: Box[][] = []
  const visit = (first: number, end: number, row: number, parentEnd: number): void => {
    let run: number[] = []
    const place = (left: number, right: number): { x: number; width: number } => {
      const x = (Math.max(left, from) - from) * scale
      return { x, width: Math.max(0, (Math.min(right, to) - from) * scale - x) }
    }
    const endRun = (): void => {
      if (run.length === 0) return
      const [node, last] = [run[0], run[run.length - 1]]
      const below = Array.from({ length: tree.subtreeEnd[last] - node }, (_, index) => tree.depth[node + index])
      const lastRow = Math.max(...below)
      const place_ = place(tree.start[node], tree.end[last])
      ;(rows[row] ??= []).push({ kind: 'mark', node, end: tree.subtreeEnd[last], row, lastRow, ...place_ })
      run = []
    }
    for (let node = first; node < end; node = tree.subtreeEnd[node]) {
      const [start, stop] = [tree.start[node], tree.end[node]]
      const isShown = (start >= from || stop > from) && (start < to || parentEnd <= to)
      if (!isShown) continue
      if (stop === start || (stop - start) * scale < minWidth) {
        run.push(node)
        continue
      }
      endRun()
      ;(rows[row] ??= []).push({ kind: 'frame', node, row, ...place(start, stop) })
      visit(node + 1, tree.subtreeEnd[node], row + 1, stop)
    }
    endRun()
  }
  visit(0, tree.length, 0, tree.extent)
  return rows.flat()
}

/** Looks at every box. */
export function obviousHit({ boxes }: Layout, x: number, row: number): Box | undefined {
  const above = boxes.filter((box) => box.row <= row && box.x <= x && x < box.x + box.width)
  const deepest = above.reduce<Box | undefined>(
    (best, box) => (best === undefined || box.row >= best.row ? box : best),
    undefined,
  )
  if (deepest === undefined || deepest.row === row) return deepest
  return deepest.kind === 'mark' && deepest.lastRow >= row ? deepest : undefined
}
