import { signal } from '@preact/signals'
import type { Site, Trace } from '@tracer/core'
import { count, counted } from '@tracer/text-format'
import { useMemo } from 'preact/hooks'
import { Bar } from '../parts/bar.js'
import { DataTable, type Column, type Sort } from '../parts/data-table.js'
import { time } from '../parts/text.js'
import { pickSlice } from '../state/actions.js'
import type { Picked } from '../state/model.js'
import { slicesOf, slowestCalls, threadName, type SlowestCalls } from '../state/slices.js'

const sort = signal<Sort>({ column: 'duration', isDescending: true })

/** All calls of one function, the slowest first. */
export function CallList({ trace, chosen }: { readonly trace: Trace; readonly chosen: Picked }) {
  const calls = useMemo(() => slowestCalls(trace, chosen.site), [trace, chosen.site])
  const rows = useMemo(() => Array.from(calls.slice, (_, index) => index), [calls])
  const columns = useMemo(() => columnsOf(trace, calls), [trace, calls])
  return (
    <div class="column">
      <h3 class="over-table">{titleOf(calls, NAMES[trace.sites[chosen.site].kind] ?? 'call')}</h3>
      <DataTable
        label="Calls of the same function"
        rows={rows}
        columns={columns}
        sort={sort.value}
        onSort={(next) => (sort.value = next)}
        isSelected={(row) => calls.slice[row] === chosen.at?.slice && calls.track[row] === chosen.at.track}
        onSelect={(row) => pickSlice({ track: calls.track[row], slice: calls.slice[row] })}
        empty="Its calls left no slice."
      />
    </div>
  )
}

/** What is no call. */
const NAMES: Partial<Record<Site['kind'], string>> = {
  'async-span': 'span',
  turn: 'turn',
  collection: 'collection',
}

/** An async function is called once, and runs anew after each `await`. */
function titleOf({ all, resumed, slice }: SlowestCalls, called: string): string {
  const name = resumed === 0 ? called : 'run'
  const of = resumed === 0 ? '' : ` of ${counted(all - resumed, 'call')}`
  if (all > slice.length) return `The slowest ${count(slice.length)} of ${counted(all, name)}${of}`
  return all === 1 ? `The only ${name}` : `All ${counted(all, name)}${of}`
}

function columnsOf(trace: Trace, calls: SlowestCalls): readonly Column<number>[] {
  const longestNs = calls.durationNs.at(0) ?? 0
  const startNs = (row: number): number => slicesOf(trace, calls.track[row])?.startNs[calls.slice[row]] ?? NaN
  return [
    {
      id: 'duration',
      title: 'Duration',
      width: 'minmax(9rem, 2fr)',
      cell: (row) => (
        <>
          <Bar share={longestNs === 0 ? 0 : calls.durationNs[row] / longestNs} />
          <span class="amount">{time(calls.durationNs[row])}</span>
        </>
      ),
      order: (row) => calls.durationNs[row],
    },
    { id: 'start', title: 'Start', width: '7rem', cell: (row) => time(startNs(row)), order: startNs },
    {
      id: 'thread',
      title: 'Thread',
      width: 'minmax(6rem, 1fr)',
      isText: true,
      cell: (row) => <bdi class="dim">{threadName(trace, trace.tracks[calls.track[row]].thread)}</bdi>,
      order: (row) => trace.tracks[calls.track[row]].thread,
    },
  ]
}
