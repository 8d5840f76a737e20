import { signal } from '@preact/signals'
import type { ChangeKind, DiffSide } from '@tracer/flamegraph'
import { count, counted } from '@tracer/text-format'
import { useMemo } from 'preact/hooks'
import { Choice } from '../parts/choice.js'
import { DataTable, type Column, type Sort } from '../parts/data-table.js'
import { lastPart, shown, siteName, time } from '../parts/text.js'
import { pickSite } from '../state/actions.js'
import { comparison, type ComparedFunction } from '../state/comparison.js'
import { activate } from '../state/open.js'
import { testOf } from '../state/search.js'
import { active, compared, picked, search } from '../state/state.js'
import { FlameHost } from './flame-host.js'

const looks = signal<'table' | 'flamegraph'>('table')
const side = signal<DiffSide>('after')
const change = signal<ChangeKind>('absolute')
const isChangedOnly = signal(false)
const sort = signal<Sort>({ column: 'selfChange', isDescending: true })

/** What became of the functions and paths of one file in another. */
export function ComparePanel() {
  const both = comparison.value
  const files = compared.value
  if (both === undefined || files === undefined) return null
  return (
    <section class="panel" aria-label="Compare">
      <div class="panel-bar">
        <Choice
          label="Shown as"
          value={looks.value}
          options={[
            ['table', 'Table'],
            ['flamegraph', 'Flamegraph'],
          ]}
          onChoose={(next) => (looks.value = next)}
        />
        {looks.value === 'table' ? (
          <label>
            <input
              type="checkbox"
              checked={isChangedOnly.value}
              onChange={(event) => (isChangedOnly.value = event.currentTarget.checked)}
            />{' '}
            Only where calls differ
          </label>
        ) : (
          <>
            <Choice
              label="Widths of"
              value={side.value}
              options={[
                ['before', 'Before'],
                ['after', 'After'],
              ]}
              onChoose={(next) => (side.value = next)}
            />
            <Choice
              label="Change"
              value={change.value}
              options={[
                ['absolute', 'In all'],
                ['normalised', 'As a share'],
                ['per-call', 'Of a call'],
              ]}
              onChoose={(next) => (change.value = next)}
            />
          </>
        )}
        <p class="dim">
          Before: <bdi>{shown(files.before.name, 60)}</bdi> · After: <bdi>{shown(files.after.name, 60)}</bdi>. One run
          of each: times differ by chance, too.
        </p>
      </div>
      {looks.value === 'table' ? <Table rows={both.functions} /> : <Graph />}
    </section>
  )
}

function Graph() {
  const both = comparison.value
  const diff = both?.diff
  const content = useMemo(() => (diff === undefined ? undefined : { diff }), [diff])
  if (content === undefined) return null
  return (
    <FlameHost
      content={content}
      settings={{ side: side.value, change: change.value }}
      onSelect={(node) => pick(content.diff.frames[content.diff.frame[node]])}
    />
  )
}

function Table({ rows }: { readonly rows: readonly ComparedFunction[] }) {
  const isSearching = search.value.text.trim() !== ''
  const wanted = useMemo(() => {
    const { test } = testOf(search.value)
    return rows.filter(
      (row) => (!isChangedOnly.value || row.callsBefore !== row.callsAfter) && (!isSearching || test(row)),
    )
  }, [rows, isChangedOnly.value, isSearching, search.value])
  const site = picked.value?.site
  const isAfter = active.value?.id === compared.value?.after.id
  return (
    <>
      <p class="unseen">{counted(wanted.length, 'function')}</p>
      <DataTable
        label="Compared functions"
        rows={wanted}
        columns={COLUMNS}
        sort={sort.value}
        onSort={(next) => (sort.value = next)}
        isSelected={({ before, after }) => site !== undefined && (isAfter ? after : before) === site}
        onSelect={pick}
        empty="No function matches."
      />
    </>
  )
}

/** Selects a function where it is: in the file after, or in the one before when it is gone. */
function pick({ before, after }: { readonly before: number; readonly after: number }): void {
  const files = compared.value
  if (files === undefined) return
  activate(after === -1 ? files.before.id : files.after.id)
  pickSite(after === -1 ? before : after)
}

/** `server.ts:12`, or `server.ts:12 → 15`. */
function placeOf({ file, lineBefore, lineAfter }: ComparedFunction, isShort: boolean): string {
  if (file === '') return ''
  const lines = [...new Set([lineBefore, lineAfter])].filter((line) => line > 0)
  const name = shown(isShort ? lastPart(file) : file, 1000)
  return lines.length === 0 ? name : `${name}:${lines.join(' → ')}`
}

const WIDTH = 'minmax(4.9rem, 1fr)'
/** Numbers that belong together stand together. */
const GROUP_WIDTH = 'minmax(6rem, 1fr)'

const COLUMNS: readonly Column<ComparedFunction>[] = [
  {
    id: 'name',
    title: 'Function',
    width: 'minmax(9rem, 3fr)',
    isText: true,
    cell: ({ name }) => <bdi title={siteName({ name })}>{siteName({ name })}</bdi>,
    order: ({ name }) => name,
  },
  {
    id: 'place',
    title: 'Place',
    hint: 'Its line before → after, where it has moved',
    width: 'minmax(6rem, 2fr)',
    isText: true,
    cell: (row) => (
      <bdi class="dim" title={placeOf(row, false)}>
        {placeOf(row, true)}
      </bdi>
    ),
    order: ({ file }) => file,
  },
  {
    id: 'state',
    title: 'State',
    width: '3.2rem',
    isText: true,
    cell: ({ before, after }) =>
      before === -1 ? <b class="more">new</b> : after === -1 ? <b class="less">gone</b> : '',
    order: ({ before, after }) => (before === -1 ? 2 : after === -1 ? 1 : 0),
  },
  numberColumn('callsBefore', 'Calls before', (row) => row.callsBefore, count),
  numberColumn('callsAfter', 'after', (row) => row.callsAfter, count),
  changeColumn('callsChange', 'Change', (row) => row.callsAfter - row.callsBefore, count),
  numberColumn('selfBefore', 'Self before', (row) => row.selfBeforeNs, time),
  numberColumn('selfAfter', 'after', (row) => row.selfAfterNs, time),
  changeColumn('selfChange', 'Change', (row) => row.selfAfterNs - row.selfBeforeNs, time),
  numberColumn('totalBefore', 'Total before', (row) => row.totalBeforeNs, time),
  numberColumn('totalAfter', 'after', (row) => row.totalAfterNs, time),
  changeColumn('totalChange', 'Change', (row) => row.totalAfterNs - row.totalBeforeNs, time),
]

function numberColumn(
  id: string,
  title: string,
  of: (row: ComparedFunction) => number,
  text: (value: number) => string,
): Column<ComparedFunction> {
  const width = title === 'after' ? WIDTH : GROUP_WIDTH
  return { id, title, width, cell: (row) => <span class="dim">{text(of(row))}</span>, order: of }
}

/** More is not always worse: a sign says it, and colours that the colour-blind can tell apart only help. */
function changeColumn(
  id: string,
  title: string,
  of: (row: ComparedFunction) => number,
  text: (value: number) => string,
): Column<ComparedFunction> {
  const cell = (row: ComparedFunction) => {
    const value = of(row)
    if (value === 0) return <span class="dim">=</span>
    return <span class={value > 0 ? 'more' : 'less'}>{`${value > 0 ? '+' : '−'}${text(Math.abs(value))}`}</span>
  }
  return {
    id,
    title,
    hint: 'Sorted by how much it is, more or less',
    width: WIDTH,
    cell,
    order: (row) => Math.abs(of(row)),
  }
}
