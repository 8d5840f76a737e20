import { type ComponentChildren } from 'preact'
import { useId, useMemo, useRef, useState } from 'preact/hooks'
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
  /** Rows that have rows below them: they stand in preorder, and only those in sight are given. */
  readonly tree?: RowTree<Row>
}

/** How rows lie below one another. */
interface RowTree<Row> {
  /** From 0. */
  level(row: Row): number
  /** Undefined for a row that has none below it. */
  isOpen(row: Row): boolean | undefined
  toggle(row: Row): void
}

const PAGE_ROWS = 12

/** A table of any length: sorted by its headings, walked through with the keys of a list. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, onSelect, onOpen, isSelected, tree } = props
  const id = useId()
  const rows = useMemo(() => sorted(props.rows, columns, props.sort), [props.rows, columns, props.sort])
  const [cursor, setCursor] = useState(-1)
  const selected = useMemo(() => rows.findIndex(isSelected), [rows, isSelected])
  const at = cursor >= 0 && cursor < rows.length ? cursor : selected
  // Keys may come faster than the table is drawn.
  const latest = useRef(at)
  latest.current = at
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') }
  const least = useMemo(() => leastWidth(columns), [columns])

  const goTo = (index: number): void => {
    if (rows.length === 0) return
    const next = Math.max(0, Math.min(rows.length - 1, index))
    latest.current = next
    setCursor(next)
    onSelect(rows[next])
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = latest.current
    const step = STEPS[event.key]
    if (step !== undefined) {
      goTo(step === 'start' ? 0 : step === 'end' ? rows.length - 1 : at + step)
    } else if (event.key === 'Enter' && at >= 0) {
      ;(onOpen ?? tree?.toggle)?.(rows[at])
    } else if (tree !== undefined && event.key === 'ArrowRight' && at >= 0) {
      const isOpen = tree.isOpen(rows[at])
      if (isOpen === false) tree.toggle(rows[at])
      else if (isOpen === true) goTo(at + 1)
    } else if (tree !== undefined && event.key === 'ArrowLeft' && at >= 0) {
      if (tree.isOpen(rows[at]) === true) tree.toggle(rows[at])
      else goTo(parentOf(rows, tree, at))
    } else {
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      class="table"
      role={tree === undefined ? 'grid' : 'treegrid'}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      style={{ '--least': least }}
    >
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
                aria-level={tree === undefined ? undefined : tree.level(rows[index]) + 1}
                aria-expanded={tree?.isOpen(rows[index])}
                data-cursor={index === at}
                style={template}
                onClick={() => goTo(index)}
                onDblClick={() => onOpen?.(rows[index])}
              >
                {columns.map((column, nth) => (
                  <div key={column.id} role="gridcell" class={column.isText === true ? 'cell text' : 'cell'}>
                    {nth === 0 && tree !== undefined && <Fold row={rows[index]} tree={tree} />}
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

/** Narrower than that a table is scrolled sideways. */
function leastWidth(columns: readonly { readonly width: string }[]): string {
  const widths = columns.map(({ width }) => /^minmax\(([^,]+),/u.exec(width)?.[1] ?? width)
  return `calc(${widths.join(' + ')} + ${columns.length - 1} * var(--column-gap) + 2 * var(--row-padding))`
}

const STEPS: Partial<Record<string, number | 'start' | 'end'>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE_ROWS,
  PageUp: -PAGE_ROWS,
  Home: 'start',
  End: 'end',
}

/** The place of a row in a tree of rows, and what opens it for the mouse; the keyboard has its arrow keys. */
function Fold<Row>({ row, tree }: { readonly row: Row; readonly tree: RowTree<Row> }) {
  const isOpen = tree.isOpen(row)
  return (
    <>
      <span class="indent" style={{ width: `${Math.min(MOST_INDENT, tree.level(row)) * INDENT_PX}px` }} />
      <button
        type="button"
        class="fold"
        tabIndex={-1}
        aria-hidden="true"
        disabled={isOpen === undefined}
        onClick={(event) => {
          event.stopPropagation()
          tree.toggle(row)
        }}
      >
        {isOpen === undefined ? '' : isOpen ? '▾' : '▸'}
      </button>
    </>
  )
}

const INDENT_PX = 12
/** Deeper ones stay where their text can be read. */
const MOST_INDENT = 24

function parentOf<Row>(rows: readonly Row[], tree: RowTree<Row>, at: number): number {
  const level = tree.level(rows[at])
  let above = at
  while (above > 0 && tree.level(rows[above]) >= level) above--
  return above
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
