import { counted, duration, percent } from '@tracer/text-format'
import type { MarkBox } from '../layout/layout.js'
import type { FrameTree } from '../tree/frame-tree.js'
import { ancestorAt } from '../tree/positions.js'
import type { FrameFacts } from './flame-view.js'

/** What is said of frames that are too narrow to be shown. */
export function markFacts(tree: FrameTree, { node, end, row }: MarkBox): FrameFacts {
  const width = tree.end[ancestorAt(tree, end - 1, row)] - tree.start[node]
  const share = tree.extent === 0 ? 0 : width / tree.extent
  const total = tree.unit === 'ns' ? `${duration(width)}, ${percent(share)}` : counted(width, 'slice')
  return {
    name: `${counted(end - node, 'frame')} too narrow to show`,
    place: '',
    rows: [['Total', total]],
  }
}
