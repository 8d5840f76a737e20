import { type ComponentChildren } from 'preact'
import { useId, useMemo, useState } from 'preact/hooks'
import { Rows } from './rows.js'

/** A column: what stands in it, and by what it is sorted. */
export interface Column<Row> {
  readonly id: string
  readonly title: string
  /** What the title means, in a sentence. */
  readonly hint?: string
  /** As a track of a CSS grid. */
  readonly width: string
  readonly isText?: boolean
  cell(row: Row): ComponentChildren
  order(row: Row): number | string
}

export interface Sort {
  readonly column: string
  readonly isDescending: boolean
}

interface DataTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly sort: Sort
  readonly onSort?: (sort: Sort) => void
  readonly isSelected: (row: Row) => boolean
  readonly onSelect: (row: Row) => void
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void
  readonly empty: string
}

const PAGE_ROWS = 12

/** A table of any length: sorted by its headings, walked through with the keys of a list. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, onSelect, onOpen, isSelected } = props
  const id = useId()
  const rows = useMemo(() => sorted(props.rows, columns, props.sort), [props.rows, columns, props.sort])
  const [cursor, setCursor] = useState(-1)
  const selected = useMemo(() => rows.findIndex(isSelected), [rows, isSelected])
  const at = cursor >= 0 && cursor < rows.length ? cursor : selected
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') }

  const goTo = (index: number): void => {
    if (rows.length === 0) return
    const next = Math.max(0, Math.min(rows.length - 1, index))
    setCursor(next)
    onSelect(rows[next])
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step !== undefined) goTo(step === 'start' ? 0 : step === 'end' ? rows.length - 1 : at + step)
    else if (event.key === 'Enter' && at >= 0) onOpen?.(rows[at])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="table" role="grid" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={columns.length}>
      <div class="table-head" role="row" aria-rowindex={1} style={template}>
        {columns.map((column) => (
          <Heading key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
        ))}
      </div>
      <div
        class="table-body"
        role="rowgroup"
        tabIndex={0}
        aria-label={`${label}, rows`}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        onKeyDown={onKeyDown}
      >
        {rows.length === 0 ? (
          <p class="empty">{props.empty}</p>
        ) : (
          <Rows
            count={rows.length}
            inSight={at}
            render={(index) => (
              <div
                class="table-row"
                role="row"
                id={`${id}-${index}`}
                aria-rowindex={index + 2}
                aria-selected={isSelected(rows[index])}
                data-cursor={index === at}
                style={template}
                onClick={() => goTo(index)}
                onDblClick={() => onOpen?.(rows[index])}
              >
                {columns.map((column) => (
                  <div key={column.id} role="gridcell" class={column.isText === true ? 'cell text' : 'cell'}>
                    {column.cell(rows[index])}
                  </div>
                ))}
              </div>
            )}
          />
        )}
      </div>
    </div>
  )
}

const STEPS: Partial<Record<string, number | 'start' | 'end'>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE_ROWS,
  PageUp: -PAGE_ROWS,
  Home: 'start',
  End: 'end',
}

interface HeadingProps<Row> {
  readonly column: Column<Row>
  readonly sort: Sort
  readonly onSort: ((sort: Sort) => void) | undefined
}

function Heading<Row>({ column, sort, onSort }: HeadingProps<Row>) {
  const isSorted = sort.column === column.id
  const order = isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none'
  const className = column.isText === true ? 'cell text' : 'cell'
  const mark = <span aria-hidden="true">{isSorted ? (sort.isDescending ? ' ▾' : ' ▴') : ''}</span>
  return (
    <div role="columnheader" class={className} aria-sort={order} title={column.hint}>
      {onSort === undefined ? (
        <span>
          {column.title}
          {mark}
        </span>
      ) : (
        <button
          type="button"
          onClick={() =>
            onSort({ column: column.id, isDescending: isSorted ? !sort.isDescending : column.isText !== true })
          }
        >
          {column.title}
          {mark}
        </button>
      )}
    </div>
  )
}

function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort): readonly Row[] {
  const column = columns.find(({ id }) => id === sort.column)
  if (column === undefined) return rows
  const turn = sort.isDescending ? -1 : 1
  return rows
    .map((row) => ({ row, key: column.order(row) }))
    .sort((a, b) => turn * compare(a.key, b.key))
    .map(({ row }) => row)
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return (Number.isNaN(a) ? -1 : a) - (Number.isNaN(b) ? -1 : b)
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}
