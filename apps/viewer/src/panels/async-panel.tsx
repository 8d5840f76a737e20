import { signal } from '@preact/signals'
import type { AsyncTree } from '@tracer/async-tree'
import type { Trace } from '@tracer/core'
import { count } from '@tracer/text-format'
import { useMemo } from 'preact/hooks'
import { Choice } from '../parts/choice.js'
import { DataTable, type Column } from '../parts/data-table.js'
import { siteName, time } from '../parts/text.js'
import { pickSlice } from '../state/actions.js'
import { asyncTreesOf } from '../state/async-links.js'
import type { SliceRef } from '../state/model.js'
import { picked, trace } from '../state/state.js'

const part = signal<'all' | 'selection'>('all')
const IN_ORDER = { column: '', isDescending: false }

/** What set what going, across waiting and threads. */
export function AsyncPanel() {
  const shown = trace.value
  const at = picked.value?.at
  if (shown === undefined) return null
  return (
    <section class="panel" aria-label="Async tree">
      <div class="panel-bar">
        <Choice
          label="Part"
          value={part.value}
          options={[
            ['all', 'Everything'],
            ['selection', 'What the selected call caused'],
          ]}
          onChoose={(next) => (part.value = next)}
        />
      </div>
      {part.value === 'selection' && at === undefined ? (
        <p class="empty">Select a call in the timeline first.</p>
      ) : (
        <Tree trace={shown} from={part.value === 'selection' ? at : undefined} />
      )}
    </section>
  )
}

function Tree({ trace: shown, from }: { readonly trace: Trace; readonly from: SliceRef | undefined }) {
  const tree = useMemo(() => {
    const trees = asyncTreesOf(shown)
    return from === undefined ? trees.all() : trees.from(from)
  }, [shown, from?.track, from?.slice])
  const open = useMemo(() => signal<ReadonlySet<number>>(new Set(tree.length > 0 ? [0] : [])), [tree])
  const rows = useMemo(() => visible(tree, open.value), [tree, open.value])
  const columns = useMemo(() => columnsOf(shown, tree), [shown, tree])
  const at = picked.value?.at
  return (
    <DataTable
      label="Async tree"
      rows={rows}
      columns={columns}
      sort={IN_ORDER}
      tree={{
        level: (node) => tree.depth[node],
        isOpen: (node) => (tree.subtreeEnd[node] > node + 1 ? open.value.has(node) : undefined),
        toggle: (node) => {
          const next = new Set(open.value)
          if (!next.delete(node)) next.add(node)
          open.value = next
        },
      }}
      isSelected={(node) => at?.track === tree.track[node] && at.slice === tree.slice[node]}
      onSelect={(node) => pickSlice({ track: tree.track[node], slice: tree.slice[node] })}
      empty="Nothing ran here."
    />
  )
}

/** Nodes of which all those above are open. */
function visible(tree: AsyncTree, open: ReadonlySet<number>): number[] {
  const nodes: number[] = []
  for (let node = 0; node < tree.length; node = open.has(node) ? node + 1 : tree.subtreeEnd[node]) nodes.push(node)
  return nodes
}

function columnsOf(shown: Trace, tree: AsyncTree): readonly Column<number>[] {
  const timeColumn = (id: string, title: string, hint: string, ns: Float64Array): Column<number> => ({
    id,
    title,
    hint,
    width: '7rem',
    cell: (node) => (ns[node] === 0 ? <span class="dim">–</span> : time(ns[node])),
    order: (node) => ns[node],
  })
  return [
    {
      id: 'name',
      title: 'Task',
      width: 'minmax(14rem, 3fr)',
      isText: true,
      cell: (node) => <bdi>{siteName(shown.sites[tree.site[node]])}</bdi>,
      order: (node) => node,
    },
    {
      id: 'link',
      title: 'Set going by',
      hint: 'A call, an arrow from the slice that scheduled it, or the event that it was run for together with others',
      width: '6rem',
      isText: true,
      cell: (node) => <span class="dim">{LINK_NAMES[tree.link[node]]}</span>,
      order: (node) => tree.link[node],
    },
    timeColumn('caused', 'Caused', 'When it was set going', tree.causedNs),
    timeColumn('ran', 'Ran', 'In its runs, with all that they called', tree.runNs),
    timeColumn('awaited', 'Awaited', 'Waiting for something to happen', tree.awaitingNs),
    timeColumn('queued', 'Queued', 'Ready to go on, while its thread was busy with other things', tree.queuedNs),
    timeColumn('total', 'Total', 'Time run by it and all that it set going', tree.totalNs),
    {
      id: 'runs',
      title: 'Runs',
      width: '4rem',
      cell: (node) => count(tree.runs[node]),
      order: (node) => tree.runs[node],
    },
    {
      id: 'waits',
      title: 'Awaited besides',
      hint: 'What it waited for that no other task did',
      width: 'minmax(7rem, 2fr)',
      isText: true,
      cell: (node) => (
        <bdi class="dim">{(tree.outside.get(node) ?? []).map(({ kind, ns }) => `${kind} ${time(ns)}`).join(', ')}</bdi>
      ),
      order: (node) => tree.outside.get(node)?.[0]?.ns ?? 0,
    },
  ]
}

const LINK_NAMES = { none: '', call: 'call', flow: 'arrow', drain: 'event' }
