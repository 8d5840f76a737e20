import { callTree, type CallTree } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { count, counted, duration, percent, type Markup, type Places } from '@tracer/text-format'
import { markup } from './markup.js'
import { barMarkup, siteMarkup } from './site-markup.js'
import { shownBranches } from './tree-cut.js'

/** Branches that make up so much are open from the start, on the first levels. */
const OPEN_SHARE = 0.1
const OPEN_LEVELS = 6

/** Levels that are indented: more would leave no room for names. */
const INDENTED_LEVELS = 16

/** The dearest branches of the call tree, which unfold. */
export function* treeSection(trace: Trace, places: Places, most: number): Generator<Markup, void, undefined> {
  const tree = callTree(trace)
  yield markup`<section aria-labelledby="tree">
<h2 id="tree">Call tree</h2>
`
  if (tree.length === 0) {
    yield markup`<p class="note">No call was recorded.</p>\n`
  } else {
    yield markup`<div class="tree">
<div class="row columns" aria-hidden="true"><span>Function</span><span>Share</span><span>Total</span><span>Self</span><span>Calls</span></div>
`
    yield* branches(trace, tree, places, most)
    yield markup`</div>\n`
  }
  yield markup`</section>\n`
}

function* branches(trace: Trace, tree: CallTree, places: Places, most: number): Generator<Markup, void, undefined> {
  const isShown = shownBranches(tree, most)
  /** Ends of the subtrees that are open, outermost first. */
  const ends: number[] = []
  let [hidden, hiddenNs] = [0, 0]
  const leftOut = (): Markup | undefined => {
    if (hidden === 0) return undefined
    const text = `${counted(hidden, 'cheaper or deeper branch', 'cheaper or deeper branches')}, ${duration(hiddenNs)}`
    ;[hidden, hiddenNs] = [0, 0]
    return markup`<p class="note leaf">${text}</p>\n`
  }
  for (let node = 0; node <= tree.length;) {
    while (ends.length > 0 && ends[ends.length - 1] <= node) {
      ends.pop()
      yield markup`${leftOut()}</div></details>\n`
    }
    if (node === tree.length) break
    const end = tree.subtreeEnd[node]
    if (!isShown(node)) {
      // Siblings come dearest first: what is not shown stands at their end.
      hidden += end - node
      hiddenNs += tree.totalNs[node]
      node = end
      continue
    }
    const row = rowMarkup(trace, tree, node, places)
    if (end === node + 1) {
      yield markup`<div class="leaf">${row}</div>\n`
    } else {
      const level = tree.depth[node]
      const open = level < OPEN_LEVELS && shareOf(tree, node) >= OPEN_SHARE ? markup` open` : undefined
      yield markup`<details${open}><summary>${row}</summary><div class="${level < INDENTED_LEVELS ? 'below' : 'flat'}">\n`
      ends.push(end)
    }
    node++
  }
  yield markup`${leftOut()}`
}

function rowMarkup(trace: Trace, tree: CallTree, node: number, places: Places): Markup {
  const share = shareOf(tree, node)
  // What went on after an await or a yield was called elsewhere, and is counted there.
  const isResumed = tree.calls[node] === 0
  const remark = isResumed ? markup`<small>, resumed ${counted(tree.runs[node], 'time')}</small>` : undefined
  const numbers = [
    markup`<span>${percent(share)}${barMarkup(share)}</span>`,
    markup`<span>${duration(tree.totalNs[node])}</span>`,
    markup`<span>${duration(tree.selfNs[node])}</span>`,
    markup`<span>${isResumed ? '' : count(tree.calls[node])}</span>`,
  ]
  return markup`<span class="row"><span>${siteMarkup(trace.sites[tree.site[node]], places)}${remark}</span>${numbers}</span>`
}

function shareOf(tree: CallTree, node: number): number {
  return tree.rootNs === 0 ? 1 : tree.totalNs[node] / tree.rootNs
}
