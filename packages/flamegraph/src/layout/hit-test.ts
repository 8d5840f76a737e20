import type { Box, Layout } from './layout.js'

/** The box at a point; a mark is hit in all rows down to its last. Undefined where nothing is drawn. */
export function hitTest(layout: Layout, x: number, row: number, slack = 0): Box | undefined {
  for (let at = Math.min(row, layout.rowStart.length - 2); at >= 0; at--) {
    const box = boxAt(layout, x, at, slack)
    if (box === undefined) continue
    return at === row || (box.kind === 'mark' && box.lastRow >= row) ? box : undefined
  }
  return undefined
}

/** The box of one row at `x`; `slack` pixels beside a box count as it where there is no other. */
function boxAt({ boxes, rowStart }: Layout, x: number, row: number, slack: number): Box | undefined {
  let [low, high] = [rowStart[row], rowStart[row + 1]]
  // The last one that begins at x or before.
  while (low < high) {
    const middle = (low + high) >>> 1
    if (boxes[middle].x <= x) low = middle + 1
    else high = middle
  }
  const before = low > rowStart[row] ? boxes[low - 1] : undefined

  if (before !== undefined && x < before.x + before.width + slack) return before
  const after = low < rowStart[row + 1] ? boxes[low] : undefined
  return after !== undefined && after.x - x < slack ? after : undefined
}
