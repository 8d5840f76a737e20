import type { Trace } from '@tracer/core'
import { count } from '@tracer/text-format'
import { useMemo } from 'preact/hooks'
import { Bar } from '../parts/bar.js'
import { DataTable, type Column } from '../parts/data-table.js'
import { Fact } from '../parts/fact.js'
import { time } from '../parts/text.js'
import type { TimeRange } from '../state/model.js'
import { threadsWithin, type ThreadShare } from '../state/thread-shares.js'
import { threadName } from '../state/slices.js'

const SORT = { column: 'busy', isDescending: true }

/** What the threads did in the range that was dragged over. */
export function RangePart({ trace, range }: { readonly trace: Trace; readonly range: TimeRange }) {
  const rows = useMemo(() => threadsWithin(trace, range), [trace, range])
  const columns = useMemo(() => columnsOf(trace, range.toNs - range.fromNs), [trace, range])
  return (
    <section class="panel" aria-label="Selection">
      <dl class="facts over-table">
        <Fact name="Length" value={time(range.toNs - range.fromNs)} />
        <Fact name="From, to" value={`${time(range.fromNs)} – ${time(range.toNs)}`} />
        <Fact name="Exactly" value={`${count(Math.round(range.fromNs))} ns – ${count(Math.round(range.toNs))} ns`} />
      </dl>
      <h3 class="over-table">Threads within the range</h3>
      <DataTable
        label="Threads within the range"
        rows={rows}
        columns={columns}
        sort={SORT}
        isSelected={() => false}
        onSelect={() => undefined}
        empty="No thread ran here."
      />
    </section>
  )
}

function columnsOf(trace: Trace, spanNs: number): readonly Column<ThreadShare>[] {
  return [
    {
      id: 'thread',
      title: 'Thread',
      width: 'minmax(10rem, 1fr)',
      isText: true,
      cell: ({ thread }) => <bdi>{threadName(trace, thread)}</bdi>,
      order: ({ thread }) => thread,
    },
    {
      id: 'busy',
      title: 'In calls',
      hint: 'Time in which the thread was in a recorded call',
      width: 'minmax(12rem, 2fr)',
      cell: ({ busyNs }) => (
        <>
          <Bar share={spanNs === 0 ? 0 : busyNs / spanNs} />
          <span class="amount">{time(busyNs)}</span>
        </>
      ),
      order: ({ busyNs }) => busyNs,
    },
    {
      id: 'slices',
      title: 'Slices',
      width: '8rem',
      cell: ({ slices }) => count(slices),
      order: ({ slices }) => slices,
    },
  ]
}
