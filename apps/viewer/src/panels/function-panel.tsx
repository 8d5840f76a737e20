import { signal } from '@preact/signals'
import { estimatedTimes, type FunctionRow } from '@tracer/call-tree'
import type { Site } from '@tracer/core'
import { count, counted, percent } from '@tracer/text-format'
import { useMemo } from 'preact/hooks'
import { Bar } from '../parts/bar.js'
import { DataTable, type Column, type Sort } from '../parts/data-table.js'
import { place, siteName, time } from '../parts/text.js'
import { pickSite, showTab } from '../state/actions.js'
import { functionRows } from '../state/analysis.js'
import { matches, picked, trace } from '../state/state.js'

const sort = signal<Sort>({ column: 'self', isDescending: true })
const wanted = signal('')

/** Every function that ran, what it cost, and how often. */
export function FunctionPanel() {
  const sites = trace.value?.sites
  const all = functionRows.value
  const found = matches.value
  const text = wanted.value.trim().toLowerCase()
  const rows = useMemo(() => {
    const isWanted = ({ site }: FunctionRow): boolean => {
      const { name = '', file = '' } = sites?.[site] ?? {}
      return name.toLowerCase().includes(text) || file.toLowerCase().includes(text)
    }
    return all.filter((row) => found?.bySite[row.site] !== 0 && (text === '' || isWanted(row)))
  }, [all, text, sites, found])
  const columns = useMemo(() => columnsOf(all, sites ?? []), [all, sites])
  return (
    <section class="panel" aria-label="Function table">
      <div class="panel-bar">
        <input
          type="search"
          placeholder="Filter by name or file"
          aria-label="Filter functions"
          value={wanted.value}
          onInput={(event) => (wanted.value = event.currentTarget.value)}
        />
        <p class="dim">
          {rows.length === all.length
            ? counted(all.length, 'function')
            : `${count(rows.length)} of ${counted(all.length, 'function')}`}
        </p>
      </div>
      <DataTable
        label="Functions"
        rows={rows}
        columns={columns}
        sort={sort.value}
        onSort={(next) => (sort.value = next)}
        isSelected={({ site }) => site === picked.value?.site}
        onSelect={({ site }) => pickSite(site)}
        onOpen={() => showTab('selection')}
        empty={all.length === 0 ? 'No function ran here.' : 'No function matches.'}
      />
    </section>
  )
}

function columnsOf(all: readonly FunctionRow[], sites: readonly Site[]): readonly Column<FunctionRow>[] {
  const selfNs = all.reduce((sum, row) => sum + row.selfNs, 0)
  const rangeNs = all.reduce((most, row) => Math.max(most, row.totalNs), 0)
  const timeColumn = (id: string, title: string, hint: string, of: (row: FunctionRow) => number) => ({
    id,
    title,
    hint,
    width: '5rem',
    cell: (row: FunctionRow) => time(of(row)),
    order: of,
  })
  return [
    {
      id: 'name',
      title: 'Function',
      width: 'minmax(12rem, 2fr)',
      isText: true,
      cell: ({ site }) => <bdi title={siteName(sites[site])}>{siteName(sites[site])}</bdi>,
      order: ({ site }) => sites[site].name,
    },
    {
      id: 'place',
      title: 'Place',
      width: 'minmax(7rem, 1fr)',
      isText: true,
      cell: ({ site }) => (
        <bdi class="dim" title={place(sites[site], false)}>
          {place(sites[site], true)}
        </bdi>
      ),
      order: ({ site }) => sites[site].file,
    },
    {
      id: 'self',
      title: 'Self',
      hint: 'Time in the function itself, without what it called',
      width: 'minmax(10rem, 1fr)',
      cell: (row) => (
        <>
          <Bar share={selfNs === 0 ? 0 : row.selfNs / selfNs} />
          <span class="share">{percent(selfNs === 0 ? 0 : row.selfNs / selfNs)}</span>
          <span class="amount">{time(row.selfNs)}</span>
        </>
      ),
      order: ({ selfNs: ns }) => ns,
    },
    {
      id: 'total',
      title: 'Total',
      hint: 'Time in which the function was on the stack; a recursive call adds nothing to the one around it',
      width: 'minmax(8rem, 1fr)',
      cell: (row) => (
        <>
          <Bar share={rangeNs === 0 ? 0 : row.totalNs / rangeNs} isFaint />
          <span class="amount">{time(row.totalNs)}</span>
        </>
      ),
      order: ({ totalNs }) => totalNs,
    },
    {
      id: 'calls',
      title: 'Calls',
      hint: 'The runs of an async function that was suspended are one call; ≈ marks functions of which some calls were only counted',
      width: '6.5rem',
      cell: (row) => (estimatedTimes(row).isEstimate ? `≈ ${count(row.calls)}` : count(row.calls)),
      order: ({ calls }) => calls,
    },
    timeColumn('mean', 'Mean', 'Mean time of a call, what it called included', ({ meanNs }) => meanNs),
    timeColumn('p50', 'p50', 'Half of the calls took at most so long', ({ p50Ns }) => p50Ns),
    timeColumn('p90', 'p90', '90% of the calls took at most so long', ({ p90Ns }) => p90Ns),
    timeColumn('p99', 'p99', '99% of the calls took at most so long', ({ p99Ns }) => p99Ns),
    timeColumn('max', 'Max', 'The longest call', ({ maxNs }) => maxNs),
  ]
}
